#include "tests/conformance/checks.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace mlpc::conformance {

namespace {

void require_equal(Failures& failures, const Bytes& a, const Bytes& b, const std::string& what) {
    if (a != b) {
        failures.push_back("its fitted state depends on " + what);
    }
}

void require_equal(Failures& failures, const Frame& a, const Frame& b, const std::string& what) {
    if (const std::string difference = first_difference(a, b); !difference.empty()) {
        failures.push_back(fmt::format("its result depends on {}: {}", what, difference));
    }
}

bool is_complete(const Frame& x, std::size_t row) {
    for (std::size_t c = 0; c < x.columns(); ++c) {
        if (x.missing(row, c)) {
            return false;
        }
    }
    return true;
}

// Rows that were complete and are not any more.
void require_no_new_gaps(Failures& failures, const Frame& x, const Frame& result, const std::string& where) {
    if (result.rows() != x.rows()) {
        failures.push_back(fmt::format("{}: {} rows become {}", where, x.rows(), result.rows()));
        return;
    }
    for (std::size_t row = 0; row < x.rows(); ++row) {
        if (is_complete(x, row) && !is_complete(result, row)) {
            failures.push_back(fmt::format("{}: row {} had no missing cell and has one now", where, row));
            return;
        }
    }
}

// A step that says it keeps its columns gives these, and behind them those that it derives.
void require_kept_columns(Failures& failures, const Subject& subject, const Frame& x, const Frame& result, const std::string& where) {
    const ComponentInfo& info = *subject.info;
    if (!info.keeps_columns || !info.keeps_columns(subject.params)) {
        return;
    }
    std::vector<std::string> names = result.names();
    if (info.named_expressions && names.size() > x.columns()) {
        names.resize(x.columns());
    }
    if (names != x.names()) {
        failures.push_back(
            fmt::format("{}: {} columns become {} or have other names, though it says that it keeps them", where, x.columns(), result.columns()));
    }
}

void require_read_back(Failures& failures, const Subject& subject, const Bytes& bytes, const Probe& probe, const Frame& expected) {
    const Fitted copy = subject.read(bytes);
    if (copy.bytes() != bytes) {
        failures.push_back("the state read back is saved as other bytes");
    }
    if (const std::string difference = first_difference(copy.apply(probe.rows), expected); !difference.empty()) {
        failures.push_back("the state read back gives other results: " + difference);
    }
}

// A result without new gaps, or a RunError that says something.
void run_edge(Failures& failures, const std::string& where, const std::function<void()>& body) {
    try {
        body();
    } catch (const RunError& error) {
        if (std::string(error.what()).size() < 20) {
            failures.push_back(where + ": the refusal does not say what to do: " + error.what());
        }
    } catch (const std::exception& error) {
        failures.push_back(fmt::format("{}: {}", where, error.what()));
    }
}

}  // namespace

Failures check_repeatable(const Subject& subject, const Probe& probe) {
    Failures failures;
    const Target* y = subject.target_of(probe.target);
    const Bytes bytes = subject.fit(probe.rows, y).bytes();
    require_equal(failures, bytes, subject.fit(probe.rows, y).bytes(), "something else than rows, target and stream");
    if (!subject.info->random) {
        require_equal(failures, bytes, subject.fit(probe.rows, y, 2).bytes(), "random numbers, which the catalog does not say");
    }
    return failures;
}

Failures check_declared_effect(const Subject& subject, const Probe& probe) {
    Failures failures;
    const Target* y = subject.target_of(probe.target);
    const Bytes bytes = subject.fit(probe.rows, y).bytes();
    require_equal(failures, bytes, subject.fit(probe.same_rows, y).bytes(), "rows that it is not given");
    if (subject.effect() == Effect::RowWise) {
        require_equal(failures, bytes, subject.fit(probe.altered, nullptr).bytes(), "cells, though it is declared row-wise");
    }
    if (subject.effect() != Effect::Supervised) {
        // The runtime hands such a step no target; one that looks for it would show here.
        const Bytes with_target = subject.fit(probe.rows, &probe.target).bytes();
        require_equal(failures, with_target, subject.fit(probe.rows, &probe.other_target).bytes(),
                      "the target, though it is not declared supervised");
        require_equal(failures, bytes, with_target, "whether there is a target, though it is not declared supervised");
    }
    return failures;
}

Failures check_layout(const Subject& subject, const Probe& probe) {
    Failures failures;
    const Target* y = subject.target_of(probe.target);
    const Frame copy = probe.rows.materialised();
    const Fitted fitted = subject.fit(probe.rows, y);
    require_equal(failures, fitted.bytes(), subject.fit(copy, y).bytes(), "whether the rows are a view");
    require_equal(failures, fitted.apply(probe.rows), fitted.apply(copy), "whether the rows are a view");
    const bool all_numeric =
        std::all_of(copy.all_columns().begin(), copy.all_columns().end(), [](const Column& c) { return c.type == ColumnType::Numeric; });
    if (all_numeric) {
        const Frame shared = Frame::from_matrix(Dense(copy).matrix(), copy.names());
        require_equal(failures, fitted.bytes(), subject.fit(shared, y).bytes(), "whether the columns share a matrix");
        require_equal(failures, fitted.apply(copy), fitted.apply(shared), "whether the columns share a matrix");
    }
    return failures;
}

Failures check_rows_alone(const Subject& subject, const Probe& probe) {
    Failures failures;
    const Fitted fitted = subject.fit(probe.rows, subject.target_of(probe.target));
    const Frame all = fitted.apply(probe.rows);
    require_equal(failures, all, fitted.apply(probe.same_rows), "levels of other rows");
    RowIndex backwards(probe.rows.rows());
    std::iota(backwards.rbegin(), backwards.rend(), 0u);
    require_equal(failures, all.take(backwards), fitted.apply(probe.rows.take(backwards)), "the order of the rows");
    for (std::uint32_t row = 0; row < probe.rows.rows(); row += 7) {
        const RowIndex alone{row};
        require_equal(failures, all.take(alone), fitted.apply(probe.rows.take(alone)), "the rows beside it");
    }
    return failures;
}

Failures check_archive(const Subject& subject, const Probe& probe) {
    Failures failures;
    const Fitted fitted = subject.fit(probe.rows, subject.target_of(probe.target));
    const Bytes bytes = fitted.bytes();
    require_read_back(failures, subject, bytes, probe, fitted.apply(probe.rows));
    for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 50) {
        try {
            subject.read(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)));
            failures.push_back(fmt::format("a state cut to {} of {} bytes is read without complaint", length, bytes.size()));
        } catch (const RunError&) {
            continue;
        }
    }
    return failures;
}

Failures check_promises(const Subject& subject, const Probe& probe) {
    Failures failures;
    const ComponentInfo& info = *subject.info;
    const Frame result = subject.fit(probe.rows, subject.target_of(probe.target)).apply(probe.rows);
    require_no_new_gaps(failures, probe.rows, result, "fitted rows");
    for (std::size_t c = 0; info.gives && c < result.columns(); ++c) {
        if (result.column(c).type != *info.gives) {
            failures.push_back(fmt::format("column `{}` comes out as {}", result.column(c).name, mlpc::name_of(result.column(c).type)));
        }
    }
    require_kept_columns(failures, subject, probe.rows, result, "fitted rows");
    const bool promises_none = !is_step(info) || (info.removes_missing && info.removes_missing(subject.params));
    for (std::size_t row = 0; promises_none && row < result.rows(); ++row) {
        if (!is_complete(result, row)) {
            failures.push_back(fmt::format("row {} has a missing cell", row));
            break;
        }
    }
    return failures;
}

Failures check_path(const Subject& subject, const Probe& probe) {
    Failures failures;
    for (std::size_t p = 0; p < subject.params.size(); ++p) {
        if (!subject.info->params[p].path) {
            continue;
        }
        const Target* y = subject.target_of(probe.target);
        const Fitted whole = subject.fit(probe.rows, y);
        for (const std::int64_t value : {2, 1}) {
            Subject smaller = subject;
            smaller.params[p] = {value};
            const auto restricted = whole.restricted({value});
            if (!restricted) {
                if (is_step(*subject.info) && subject.params[p] == subject.info->params[p].fallback) {
                    failures.push_back(fmt::format("{} does not answer {}: {}", subject.name(), subject.info->params[p].name, value));
                }
                continue;
            }
            if (restricted->bytes() != smaller.fit(probe.rows, y).bytes()) {
                failures.push_back(fmt::format("restricting {} to {} is not fitting with it", subject.info->params[p].name, value));
            }
        }
    }
    return failures;
}

namespace {

enum class Refusal { Allowed, Failure };

// Grows `smaller`, a state of one step, to the resource of `larger`.
void require_growth(Failures& failures, const Subject& larger, const Fitted& smaller, const Probe& probe, const Bytes& expected, Refusal refusal,
                    const std::string& what) {
    const auto grown = larger.grow(smaller, probe.rows, probe.target);
    if (!grown && refusal == Refusal::Failure) {
        failures.push_back(what + " cannot go on");
    }
    if (grown && grown->bytes() != expected) {
        failures.push_back(what + " that goes on is not what fitting gives");
    }
}

void check_growth_of(Failures& failures, const Subject& subject, const Probe& probe, std::size_t resource) {
    const auto with = [&](std::int64_t value) {
        Subject other = subject;
        other.params[resource] = {value};
        return other;
    };
    const std::string& name = subject.info->params[resource].name;
    // Some may not go on with every argument, but with the defaults each does.
    const Refusal refusal = subject.params == base_params(*subject.info) ? Refusal::Failure : Refusal::Allowed;
    // The last pair is behind where early stopping, as a variation sets it, has ended.
    std::vector<std::pair<std::int64_t, std::int64_t>> sizes{{1, 3}, {4, 12}, {20, 30}};
    if (is_network(*subject.info)) {
        sizes.resize(1);  // tests/unit/networks trains longer
    }
    for (const auto& [few, many] : sizes) {
        const Subject larger = with(many);
        const Fitted whole = larger.fit(probe.rows, &probe.target), smaller = with(few).fit(probe.rows, &probe.target);
        const Bytes expected = whole.bytes();
        require_growth(failures, larger, smaller, probe, expected, refusal, fmt::format("a state of {} {}", few, name));
        require_growth(failures, larger, subject.read(smaller.bytes()), probe, expected, Refusal::Allowed,
                       fmt::format("a state of {} {} that was read back", few, name));
        if (const auto restricted = whole.restricted({few})) {
            require_growth(failures, larger, *restricted, probe, expected, Refusal::Allowed, fmt::format("a state restricted to {} {}", few, name));
        }
    }
    const auto middle = with(4).grow(with(2).fit(probe.rows, &probe.target), probe.rows, probe.target);
    if (middle) {
        require_growth(failures, with(9), *middle, probe, with(9).fit(probe.rows, &probe.target).bytes(), refusal, "a state that went on");
    }
}

}  // namespace

Failures check_growth(const Subject& subject, const Probe& probe) {
    Failures failures;
    const ParamValues base = base_params(*subject.info);
    for (std::size_t p = 0; p < subject.params.size(); ++p) {
        if (subject.info->params[p].resource && subject.params[p] == base[p]) {
            check_growth_of(failures, subject, probe, p);
        }
    }
    return failures;
}

namespace {

Sample cross_fitted(const Subject& subject, const Frame& x, const Target& y) {
    FitContext context{.rng = Rng::of_seed(1), .cancelled = nullptr};
    return subject.info->make_resampler(subject.params)->resample(x, y, context);
}

bool has_same_truth(const Target& a, const Target& b) { return a.labels == b.labels && a.values == b.values; }

// The same but for one row, which has another class or a value far off.
Target with_other_truth(Target y, std::size_t row) {
    if (is_classification(y.task)) {
        y.labels[row] = (y.labels[row] + 1) % static_cast<std::int32_t>(y.class_count());
    } else {
        y.values[row] += 100;
    }
    return y;
}

}  // namespace

Failures check_cross_fitted(const Subject& subject, const Probe& probe) {
    Failures failures;
    const Sample sample = cross_fitted(subject, probe.rows, probe.target);
    const Frame later = subject.fit(probe.rows, &probe.target).apply(probe.rows);
    if (sample.x.rows() != later.rows() || sample.x.names() != later.names() || !has_same_truth(sample.y, probe.target)) {
        failures.push_back("cross-fitted rows are not the same rows with the same columns and targets");
        return failures;
    }
    for (std::size_t row = 0; row < probe.rows.rows(); row += 5) {
        const Sample other = cross_fitted(subject, probe.rows, with_other_truth(probe.target, row));
        const RowIndex alone{static_cast<std::uint32_t>(row)};
        if (const std::string difference = first_difference(sample.x.take(alone), other.x.take(alone)); !difference.empty()) {
            failures.push_back(fmt::format("a cross-fitted row depends on its own target: row {}, {}", row, difference));
        }
    }
    return failures;
}

Failures check_edges(const Subject& subject, const Probe& probe) {
    Failures failures;
    const Fitted fitted = subject.fit(probe.rows, subject.target_of(probe.target));
    for (const EdgeCase& edge : edge_cases(probe.family, subject.gaps())) {
        const Target target = make_target(probe.task, edge.x.rows(), 9);
        run_edge(failures, edge.name + ", fitted", [&] {
            const Frame result = subject.fit(edge.x, subject.target_of(target)).apply(edge.x);
            require_no_new_gaps(failures, edge.x, result, edge.name + ", fitted");
            require_kept_columns(failures, subject, edge.x, result, edge.name + ", fitted");
        });
        run_edge(failures, edge.name + ", applied", [&] { require_no_new_gaps(failures, edge.x, fitted.apply(edge.x), edge.name + ", applied"); });
    }
    return failures;
}

Verdict check_all(const Subject& subject, Family family, Task task) {
    const Probe probe = make_probe(family, subject.gaps(), task);
    try {
        subject.fit(probe.rows, subject.target_of(probe.target)).apply(probe.rows);
    } catch (const RunError& error) {
        return {.refused = true, .reason = error.what(), .failures = {}};
    }
    Verdict verdict;
    for (const auto check : {check_repeatable, check_declared_effect, check_layout, check_rows_alone, check_archive, check_promises, check_path,
                             check_growth, check_edges}) {
        for (const std::string& failure : check(subject, probe)) {
            verdict.failures.push_back(fmt::format("{} on {}: {}", subject.name(), name_of(family), failure));
        }
    }
    return verdict;
}

}  // namespace mlpc::conformance
