#include "compiler/diagnostics/diagnostics.h"
#include "compiler/diagnostics/explain.h"
#include "compiler/driver/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace mlpc {

int command_explain(const std::string& code) {
    std::string upper = code;
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (const auto page = explanation(upper)) {
        fmt::print("{}\n", *page);
        return exit_code::ok;
    }
    const std::string near = did_you_mean(upper, explained_codes());
    print_error(fmt::format("there is no diagnostic `{}`{}", code, near.empty() ? "" : "; did you mean `" + near + "`?"));
    return exit_code::usage;
}

}  // namespace mlpc
