#include "compiler/diagnostics/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/lower/lower.h"
#include "compiler/syntax/dump.h"
#include "runtime/search/run_experiment.h"
#include "stdlib/stdlib.h"

#include <fmt/core.h>
#include <unistd.h>

namespace mlpc {

namespace {

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, ",");
    }
    return digits;
}

std::string space_text(const Dimension& d) {
    if (!d.choices.empty()) {
        std::vector<std::string> words;
        for (const ParamValue& choice : d.choices) {
            words.push_back(choice.to_string());
        }
        return fmt::format("{{{}}}", fmt::join(words, ", "));
    }
    if (d.prior == Dimension::Prior::Normal || d.prior == Dimension::Prior::LogNormal) {
        return fmt::format("{}({}, {})", d.prior == Dimension::Prior::Normal ? "normal" : "lognormal", d.mean, d.sd);
    }
    return fmt::format("{}..{}{}", d.low, d.high, d.prior == Dimension::Prior::LogUniform ? " log" : "");
}

void print_searches(const Experiment& e) {
    for (const SearchSpec& search : e.searches) {
        fmt::print("search {} by {} ({} {})\n", search.name, search.method_text, search.maximize ? "maximize" : "minimize", search.metric.text);
        for (const Dimension& d : search.space.dimensions) {
            fmt::print("  {} in {}\n", d.name, space_text(d));
        }
    }
}

}  // namespace

int command_plan(const PlanOptions& options) {
    Compilation c = compile(options.file, standard_library(), options.overrides, CompileFor::Run);
    fmt::print(stderr, "{}", render_text(c.diags.sorted(), c.sources, colour_of(STDERR_FILENO)));
    if (!c.plan) {
        return exit_code::findings;
    }
    fmt::print("{}\n", print(*c.plan));
    const Experiment experiment = lower(std::move(*c.plan));
    print_searches(experiment);
    const FitForecast fits = forecast_fits(experiment);
    fmt::print("\n{} trials over {} seeds, {} folds each\n", grouped(fits.trials), experiment.seeds.values.size(), fits.folds);
    fmt::print("{} fits without sharing, {} fits with it: {:.1f} times fewer{}\n", grouped(fits.fits_before), grouped(fits.fits_after),
               fits.fits_after > 0 ? static_cast<double>(fits.fits_before) / static_cast<double>(fits.fits_after) : 1.0,
               fits.exact ? "" : " (an estimate: the rest depends on data or results)");
    fmt::print("kept in memory while trials may ask for them again: tables, fitted steps and what they give; models and predictions go at once\n");
    return exit_code::ok;
}

int command_emit(const std::string& stage, const std::string& file) {
    Compilation c = compile(file, standard_library(), {}, CompileFor::Check);
    if (stage == "ast") {
        fmt::print("{}", dump(c.main_file()));
    }
    fmt::print(stderr, "{}", render_text(c.diags.sorted(), c.sources, colour_of(STDERR_FILENO)));
    if (stage != "ast" && c.plan) {
        fmt::print("{}", stage == "plan" ? print(*c.plan) : print_graph(*c.plan));
    }
    return c.diags.has_errors() && stage != "ast" ? exit_code::findings : exit_code::ok;
}

}  // namespace mlpc
