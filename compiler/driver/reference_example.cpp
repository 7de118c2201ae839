// The experiment around a component's example: one table of a shop's sales, and what the component needs besides.
#include "compiler/driver/reference.h"
#include "compiler/driver/reference_network.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

namespace {

// The lines that differ from one example to the next.
struct Lines {
    std::string target, data_step, test = "test  25% stratified seed 7", folds = "folds 3   stratified seed 7";
    std::string numbers = "numeric  -> impute(median) -> scale(minmax)", categories = "category -> one_hot(rare: 5%)", others;
    std::string network, models, chain, method = "method   random(trials: 3)", goal, metrics;
    bool timed = false, prepares = true, products_are_texts = false;
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
bool does(const ComponentInfo& info, Task task) { return std::find(info.tasks.begin(), info.tasks.end(), task) != info.tasks.end(); }
bool accepts(const ComponentInfo& info, ColumnType type) { return (info.accepts & types_of({type})) != 0; }

// What is to be predicted: yes or no where the component can, else one of several classes, else an amount.
void choose_target(const ComponentInfo& info, Lines& lines) {
    const bool any = info.tasks.empty();
    if (any || does(info, Task::Binary)) {
        lines.target = "returned: category target positive \"yes\"";
        lines.goal = "maximize roc_auc";
        return;
    }
    if (does(info, Task::Multiclass)) {
        lines.target = "product:  category target";
        lines.goal = "maximize accuracy";
        return;
    }
    lines.target = "amount:   numeric target";
    lines.goal = "minimize mae";
    lines.test = "test  25% shuffled seed 7";
    lines.folds = "folds 3 shuffled seed 7";
}

// Whether the target of these lines is an amount.
bool of_amount(const Lines& lines) { return contains(lines.target, "amount"); }

void in_order_of_time(Lines& lines) {
    lines.timed = true;
    lines.test = "test  from 2024-10-01";
    lines.folds = "folds forward 3";
}

// Where a step stands: after the columns that it accepts, and before whatever makes numbers of what it gives.
void place_step(const ComponentInfo& info, Lines& lines) {
    const ParamValues defaults = info.default_params();
    const Effect effect = info.effect(defaults);
    lines.chain = "prep -> decision_tree(depth: 4)";
    if (effect == Effect::Backward) {
        in_order_of_time(lines);
    }
    if (effect == Effect::Backward || effect == Effect::RowSelecting || info.named_expressions) {
        lines.data_step = info.example;
        return;
    }
    if (effect == Effect::TrainingOnly) {
        lines.chain = fmt::format("prep -> {} -> decision_tree(depth: 4)", info.example);
        return;
    }
    const bool fills = info.removes_missing != nullptr && info.removes_missing(defaults);
    const bool encode = info.gives ? !holds_numbers(*info.gives) : !accepts(info, ColumnType::Numeric);
    const std::string after = encode ? " -> one_hot" : "";
    if (info.accepts == types_of({ColumnType::Text})) {
        lines.others = fmt::format("review   -> {}{}", info.example, after);
    } else if (info.accepts == types_of({ColumnType::Date})) {
        lines.others = fmt::format("day      -> {}{}", info.example, info.gives ? after : "");
    } else if (accepts(info, ColumnType::Numeric)) {
        lines.numbers = fmt::format("numeric -> {}{}{}", fills ? "" : "impute(median) -> ", info.example, after);
    } else {
        lines.categories = fmt::format("category -> {}{}", info.example, after);
    }
}

void place_model(const ComponentInfo& info, Lines& lines) {
    if (constexpr std::string_view declares = "network "; info.example.starts_with(declares)) {
        lines.network = info.example + "\n";
        lines.chain = "prep -> " + info.example.substr(declares.size(), info.example.find(' ', declares.size()) - declares.size());
        return;
    }
    if (info.least_learners == 0) {
        lines.chain = "prep -> " + info.example;
        if (info.accepts == types_of({ColumnType::Text})) {
            lines.numbers = lines.categories = "";
            lines.others = "review -> none";
        } else if (info.find_param("height") < info.params.size()) {  // its columns are pixels: here four of a square
            lines.numbers = "{age, price, units, tenure} -> scale(minmax)";
            lines.categories = "";
        }
        return;
    }
    const bool amount = of_amount(lines);
    lines.models = amount ? "model linear_one = prep -> ridge()\n" : "model logit  = prep -> logistic()\n";
    lines.models += "model forest = prep -> random_forest(trees: 20, depth: 6)\n";
    lines.chain = info.example;
}

// A part of a network, in a network of its own.
void place_part(const ComponentInfo& info, Lines& lines) {
    const NetworkExample example = network_example(info);
    lines.network = example.declaration;
    lines.prepares = example.takes == NetworkExample::Takes::Prepared;
    lines.chain = lines.prepares ? "prep -> small" : "small";
    lines.products_are_texts = example.takes == NetworkExample::Takes::Texts;
}

// `maximize mcc`, `metrics recall, specificity`, `folds forward 5 gap 7d`: the example is a line of a block.
void place_line(const ComponentInfo& info, Lines& lines) {
    const std::string& line = info.example;
    if (info.kind == ComponentKind::Pruner || contains(line, "resource")) {
        lines.chain = "prep -> random_forest(trees: 27, depth in 2..12, min_leaf in 1..20 log)";
    } else {
        lines.chain = of_amount(lines) ? "prep -> random_forest(trees: 20, depth in 2..6)" : "prep -> logistic(C in 1e-2..1e2 log)";
    }
    if (line.starts_with("method")) {
        lines.method = "method   " + line.substr(sizeof "method");
    } else if (line.starts_with("prune")) {
        lines.method = "method   random(trials: 20)\n  " + line;
        lines.folds = "folds 5   stratified seed 7";
    } else if (line.starts_with("metrics")) {
        lines.metrics = line;
    } else if (line.starts_with("maximize") || line.starts_with("minimize")) {
        lines.goal = line;
    } else if (line.starts_with("test")) {
        lines.test = "test  " + line.substr(sizeof "test");
    } else if (line.starts_with("folds")) {
        lines.folds = line;
    }
    if (contains(line, "group")) {
        (line.starts_with("test") ? lines.folds : lines.test) = line.starts_with("test") ? "folds 3   grouped" : "test  25% grouped";
    }
    if (contains(line, "forward") || contains(line, "from")) {
        in_order_of_time(lines);
    }
}

bool has_groups(const Lines& lines) { return contains(lines.test + " " + lines.folds, "group"); }

std::string data_block(const Lines& lines) {
    std::string text = "data shop = csv(\"shop.csv\")";
    text += lines.data_step.empty() ? " {\n" : fmt::format(" -> {} {{\n", lines.data_step);
    text += fmt::format("  {}\n", lines.target);
    std::vector<std::string> ignored;
    const auto column = [&](bool wanted, const char* name, const char* line) {
        if (wanted) {
            text += fmt::format("  {}\n", line);
        } else {
            ignored.emplace_back(name);
        }
    };
    column(lines.timed || lines.others.starts_with("day"), "day", lines.timed ? "day: date time" : "day: date");
    std::vector<std::string> categories{"store", "product", "returned"};
    std::erase_if(categories, [&](const std::string& name) { return lines.target.starts_with(name); });
    if (lines.products_are_texts) {
        std::erase(categories, "product");
        text += "  product: text\n";
    }
    text += fmt::format("  {}: category\n", fmt::join(categories, ", "));
    text += "  age, price, units, tenure: numeric\n  income:   numeric optional\n";
    if (!of_amount(lines)) {
        text += "  amount:   numeric\n";
    }
    column(lines.others.starts_with("review"), "review", "review: text optional");
    column(has_groups(lines), "customer", "customer: category group");
    column(contains(lines.folds, "folds by"), "fold", "fold: category");
    return text + (ignored.empty() ? "}\n" : fmt::format("  ignore {}\n}}\n", fmt::join(ignored, ", ")));
}

std::string assembled(const Lines& lines) {
    std::string text = "edition 1\n\n" + data_block(lines);
    text += fmt::format("\nsplit shop {{\n  {}\n  {}\n}}\n", lines.test, lines.folds);
    if (lines.prepares) {
        text += "\npipeline prep {\n";
        for (const std::string& branch : {lines.numbers, lines.categories, lines.others}) {
            text += branch.empty() ? "" : fmt::format("  {}\n", branch);
        }
        text += "}\n";
    }
    text += (lines.network.empty() ? "" : "\n" + lines.network) + "\n" + lines.models;
    text += fmt::format("model sold = {}\n", lines.chain);
    const bool searched =
        contains(lines.network + lines.chain + lines.numbers + lines.categories + lines.others, " in ") || contains(lines.numbers, " | ");
    if (searched) {
        text += fmt::format("\nsearch best over sold {{\n  {}\n  {}\n}}\n", lines.method, lines.goal);
    }
    const std::string metrics = lines.metrics.empty() ? "metrics " + lines.goal.substr(lines.goal.find(' ') + 1) : lines.metrics;
    return text + fmt::format("\nevaluate {} {{\n  {}\n}}\n", searched ? "best" : "sold", metrics);
}

// As `mlpc fmt` would write it.
std::string canonical(const std::string& text) {
    Sources sources;
    Diagnostics diagnostics;
    const FileId id = sources.add("example", text);
    return print(parse(sources, id, diagnostics), text);
}

}  // namespace

std::string example_experiment(const ComponentInfo& info) {
    if (info.find_param("source") < info.params.size()) {  // of a pre-trained network, which is a file of its own
        return "";
    }
    Lines lines;
    choose_target(info, lines);
    switch (info.kind) {
        case ComponentKind::Source:
        case ComponentKind::Pretrained:
            return "";
        case ComponentKind::Layer:
        case ComponentKind::Optimiser:
        case ComponentKind::Schedule:
        case ComponentKind::Loss:
        case ComponentKind::Augmentation:
            place_part(info, lines);
            break;
        case ComponentKind::Step:
            place_step(info, lines);
            break;
        case ComponentKind::Model:
            place_model(info, lines);
            break;
        case ComponentKind::Metric:
        case ComponentKind::Splitter:
        case ComponentKind::Searcher:
        case ComponentKind::Pruner:
            place_line(info, lines);
            break;
    }
    return canonical(assembled(lines));
}

}  // namespace mlpc
