#include "compiler/diagnostics/render.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/lower/lower.h"
#include "compiler/syntax/dump.h"
#include "runtime/search/run_experiment.h"
#include "runtime/search/searcher_of.h"
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

bool goes_fold_by_fold(const SearchSpec& search) {
    const auto pruner = search.pruner->make_pruner(search.pruner_params, {.rng = Rng::of_seed(0), .folds = 2});
    return pruner->rungs(0).front().folds > 0;
}

void print_pruner(const SearchSpec& search) {
    if (search.pruner == nullptr) {
        return;
    }
    fmt::print("  prune {}\n", search.pruner->name);
    if (batch_of(search) == 1 && goes_fold_by_fold(search)) {
        fmt::print("    one trial at a time and fold by fold, which is one thread's work: `batch 4` in the search keeps four threads busy\n");
    }
}

void print_searches(const Experiment& e) {
    for (const SearchSpec& search : e.searches) {
        fmt::print("search {} by {} ({} {})\n", search.name, search.method_text, search.maximize ? "maximize" : "minimize", search.metric.text);
        for (const Dimension& d : search.space.dimensions) {
            fmt::print("  {} in {}\n", d.name, space_text(d));
        }
        print_pruner(search);
    }
}

void print_table(const plan::NetworkTable& table) {
    for (const plan::NetworkTable::Row& row : table.rows) {
        const std::string count = row.parameters == TensorShape::unknown ? "?"
                                  : row.parameters == 0                  ? ""
                                                                         : grouped(static_cast<std::uint64_t>(row.parameters));
        fmt::print("  {:<34} {:<34} {:>12}\n", std::string(2 * row.depth, ' ') + row.layer, row.gives, count);
    }
    const std::string known = grouped(static_cast<std::uint64_t>(table.parameters));
    fmt::print("  {:<34} {:<34} {:>12}\n", "all but the head", "", table.all_known ? known : known + " + ?");
}

// Layer by layer; of a searched network its smallest and its largest form.
void print_networks(const std::vector<plan::NetworkPlan>& networks) {
    for (const plan::NetworkPlan& network : networks) {
        const bool varies = network.corners > 1 && network.largest.parameters > network.smallest.parameters;
        fmt::print("\n{}  {:<34} {:>12}\n", fmt::format("{:<34}", "network of " + network.name), "gives", "parameters");
        print_table(network.smallest);
        if (varies) {
            fmt::print("  where it is largest, of {} forms that were looked at\n", network.corners);
            print_table(network.largest);
        }
        fmt::print("  trained by {}\n", network.training);
    }
}

std::string times_fewer(std::uint64_t before, std::uint64_t after) {
    return fmt::format("{:.1f} times fewer", after > 0 ? static_cast<double>(before) / static_cast<double>(after) : 1.0);
}

// By component: what is asked for, and what is left after equal fits are done once and one fit answers all values of a path.
void print_fits(const FitForecast& fits) {
    fmt::print("\n  {:<20} {:>10} {:>12} {:>10}\n", "fits", "asked for", "equal once", "done");
    for (const ComponentFits& c : fits.components) {
        fmt::print("  {:<20} {:>10} {:>12} {:>10}{}\n", c.component, grouped(c.asked), grouped(c.equal_once), grouped(c.done),
                   c.path.empty() ? "" : fmt::format("   one fit answers every `{}`", c.path));
    }
    fmt::print("  {:<20} {:>10} {:>12} {:>10}\n", "all", grouped(fits.fits_before), grouped(fits.fits_equal_once), grouped(fits.fits_after));
    fmt::print("{} fits without sharing, {} fits with it: {}{}\n", grouped(fits.fits_before), grouped(fits.fits_after),
               times_fewer(fits.fits_before, fits.fits_after), fits.exact ? "" : " (an estimate: the rest depends on data or results)");
}

void print_budgets(const FitForecast& fits) {
    for (const FitForecast::Budget& budget : fits.budgets) {
        fmt::print("\n  {:<20} {:>8} {:>8}   {}\n", "budget of " + budget.search, "bracket", "trials", "of a whole trial");
        double whole = 0;
        for (const PlannedRung& rung : budget.rungs) {
            const Share& share = rung.share;
            fmt::print("  {:<20} {:>8} {:>8}   {}\n", "", rung.bracket + 1, grouped(rung.trials),
                       share.is_whole() ? "all" : fmt::format("{}/{}", share.part, share.whole));
            whole += static_cast<double>(rung.trials) * share.ratio();
        }
        fmt::print("  as much work as {:.0f} whole trials, less what a trial keeps when it goes on\n", whole);
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
    const std::vector<plan::NetworkPlan> networks = std::move(c.plan->networks);
    const Experiment experiment = lower(std::move(*c.plan));
    print_searches(experiment);
    print_networks(networks);
    const FitForecast fits = forecast_fits(experiment);
    fmt::print("\n{} trials over {} seeds, {} folds each\n", grouped(fits.trials), experiment.seeds.values.size(), fits.folds);
    if (!fits.components.empty()) {
        print_fits(fits);
    }
    print_budgets(fits);
    fmt::print(
        "kept in memory until the last trial that needs it, where the trials are known before; else tables, fitted steps and what they "
        "give, as long as `--memory` has room\n");
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
