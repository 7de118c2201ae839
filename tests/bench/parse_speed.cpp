// How fast a large file is parsed and formatted: generates COPIES usual experiments (4800 are 3 MB) and prints the rates.
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <string>

namespace {

std::string generated(int copies) {
    std::string text = "edition 1\n\n";
    for (int i = 0; i < copies; ++i) {
        text += fmt::format(R"(data churn_{0} = csv("data/churn_{0}.csv") {{
  churned:      category target positive "yes"
  customer:     text     id                 # never a feature
  plan, region: category
  tenure:       numeric  in 0..120
}}

pipeline prep_{0} {{
  numeric  -> impute(mean | median) -> (scale(standard) | scale(robust) | none)
  category -> impute(most_frequent) -> one_hot(rare: 1%)
}}

model forest_{0} = prep_{0} -> random_forest(trees: 300, depth in 3..20, features in {{sqrt, log2, 0.5}})

search best_{0} over forest_{0} {{
  method   tpe(trials: 60)
  where    forest_{0}.depth * forest_{0}.trees <= 3000
  maximize mcc
}}

)",
                            i);
    }
    return text;
}

// Of the processor, so that a busy machine does not count.
template <class Work>
double seconds(Work work) {
    const std::clock_t begin = std::clock();
    work();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string text = generated(argc > 1 ? std::atoi(argv[1]) : 4800);
    mlpc::Sources sources;
    mlpc::Diagnostics diags;
    mlpc::ast::File file;
    const mlpc::FileId id = sources.add("generated.mlp", text);
    const double parsing = seconds([&] { file = mlpc::parse(sources, id, diags); });
    std::string formatted;
    const double printing = seconds([&] { formatted = mlpc::print(file, text); });
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    fmt::print("{:.2f} MB, {} declarations, {} diagnostics: parsed in {:.2f} s ({:.2f} MB/s), formatted in {:.2f} s ({:.2f} MB/s)\n", megabytes,
               file.declarations.size(), diags.all().size(), parsing, megabytes / parsing, printing, megabytes / printing);
    return diags.empty() ? 0 : 1;
}
