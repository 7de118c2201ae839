#include "runtime/search/command_runner.h"

#include "runtime/core/error.h"
#include "runtime/search/command_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

using OrderedJson = nlohmann::ordered_json;

// Their memory is held while they are stopped; the one that has waited longest is ended for another, and would begin anew.
constexpr std::size_t most_stopped = 32;

OrderedJson json_of(const ParamValue& v) {
    return std::visit(
        [](const auto& value) -> OrderedJson {
            using V = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<V, std::monostate> || std::is_same_v<V, std::shared_ptr<const Expression>>) {
                return nullptr;
            } else if constexpr (std::is_same_v<V, Word>) {
                return value.text;
            } else if constexpr (std::is_same_v<V, Interval>) {
                return OrderedJson::array({value.low, value.high});
            } else if constexpr (std::is_same_v<V, std::vector<ParamValue>>) {
                OrderedJson list = OrderedJson::array();
                for (const ParamValue& item : value) {
                    list.push_back(json_of(item));
                }
                return list;
            } else {
                return value;
            }
        },
        v.value);
}

std::vector<std::string> path_of(const std::string& name) {
    std::vector<std::string> path{""};
    for (const char c : name) {
        if (c == '.') {
            path.emplace_back();
        } else {
            path.back() += c;
        }
    }
    return path;
}

// The object that a nested parameter stands in; null where its alternative is not chosen.
OrderedJson* object_of(OrderedJson& root, const std::vector<std::string>& path) {
    OrderedJson* object = &root;
    for (std::size_t i = 0; i + 1 < path.size(); i += 2) {
        OrderedJson& parent = (*object)[path[i]];
        if (parent == path[i + 1]) {
            parent = OrderedJson::object({{path[i + 1], OrderedJson::object()}});
        }
        if (!parent.is_object() || !parent.contains(path[i + 1])) {
            return nullptr;
        }
        object = &parent[path[i + 1]];
    }
    return object;
}

OrderedJson parameters_of(const ObjectiveSpec& objective, const ParamValues& values) {
    OrderedJson root = OrderedJson::object();
    for (std::size_t i = 0; i < objective.parameters.size(); ++i) {
        const std::vector<std::string> path = path_of(objective.parameters[i].first);
        if (OrderedJson* object = object_of(root, path)) {
            (*object)[path.back()] = json_of(values.at(i));
        }
    }
    return root;
}

std::string input_of(const ObjectiveCall& call) {
    const OrderedJson input{{"parameters", parameters_of(call.objective, call.values)},
                            {"trial", call.trial},
                            {"seed", call.seed},
                            {"execution", call.execution},
                            {"share", {{"part", call.share.part}, {"whole", call.share.whole}}}};
    return input.dump() + "\n";
}

std::string key_of(const ObjectiveCall& call) {
    return fmt::format("{}\n{}\n{}\n{}", call.objective.name, parameters_json(call.objective, call.values), call.seed, call.execution);
}

[[noreturn]] void fail(const ObjectiveCall& call, const Process& process, const std::string& what) {
    const std::string last = process.last_lines();
    throw RunError(fmt::format("`{}` {}{}", fmt::join(call.objective.command, " "), what, last.empty() ? "" : ": " + last));
}

// The report that answers a request for that share; null where none does yet.
const ObjectiveResult* answer_for(const std::vector<ObjectiveResult>& reports, const Share& share) {
    const auto at = std::find_if(reports.begin(), reports.end(), [&](const ObjectiveResult& r) { return r.share >= share; });
    return at == reports.end() ? nullptr : &*at;
}

void add_report(std::vector<ObjectiveResult>& reports, ObjectiveResult report) {
    if (report.share.is_whole()) {
        std::erase_if(reports, [](const ObjectiveResult& r) { return r.share.is_whole(); });  // what it says at its end counts
    }
    for (const ObjectiveResult& before : reports) {
        report.way.emplace_back(before.share, before.value);
    }
    reports.push_back(std::move(report));
}

// After its end: what it said last is its result, for the whole trial unless it says for which step.
void keep_last_report(const ObjectiveCall& call, const Process& process, const std::string& last_line, std::vector<ObjectiveResult>& reports) {
    if (const std::string failure = process.failure(); !failure.empty()) {
        fail(call, process, "failed with " + failure);
    }
    if (last_line.empty() && reports.empty()) {
        fail(call, process, "printed no result");
    }
    if (last_line.empty()) {
        return;  // it was stopped behind its last step
    }
    try {
        if (auto report = read_report(last_line); !report.is_step) {
            add_report(reports, std::move(report.result));
        }
    } catch (const RunError& e) {
        fail(call, process, e.what());
    }
}

// Reads on until the share is reached or the program ends; whether it has ended.
bool run_to(const ObjectiveCall& call, Process& process, std::vector<ObjectiveResult>& reports) {
    std::string line, last_line;
    while (answer_for(reports, call.share) == nullptr || call.share.is_whole()) {
        const Process::Read read = process.next_line(line, call.objective.timeout_seconds, call.cancelled);
        if (read == Process::Read::TimedOut) {
            fail(call, process, fmt::format("gave no result within {:g} s", *call.objective.timeout_seconds));
        }
        if (read == Process::Read::Ended) {
            keep_last_report(call, process, last_line, reports);
            return true;
        }
        if (line.find_first_not_of(" \t") == std::string::npos) {
            continue;
        }
        last_line = line;
        if (!is_step(line)) {
            continue;
        }
        try {
            add_report(reports, read_report(line).result);
        } catch (const RunError& e) {
            fail(call, process, e.what());
        }
    }
    return false;
}

std::unique_ptr<Process> begin(const ObjectiveCall& call) {
    return std::make_unique<Process>(Process::Start{call.objective.command, call.objective.folder, input_of(call)});
}

}  // namespace

std::string parameters_json(const ObjectiveSpec& objective, const ParamValues& values) { return parameters_of(objective, values).dump(); }

CommandRunner::Trial CommandRunner::take(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto at = trials_.find(key);
    if (at == trials_.end()) {
        return {};
    }
    Trial trial = std::move(at->second);
    trials_.erase(at);
    return trial;
}

void CommandRunner::put_back(const std::string& key, Trial trial) {
    std::unique_ptr<Process> ended;  // outside of the lock: it waits for the process
    const std::lock_guard lock(mutex_);
    trial.last_use = ++clock_;
    trials_.insert_or_assign(key, std::move(trial));
    std::size_t stopped = 0;
    Trial* oldest = nullptr;
    for (auto& [other, waiting] : trials_) {
        if (waiting.process != nullptr) {
            ++stopped;
            oldest = oldest == nullptr || waiting.last_use < oldest->last_use ? &waiting : oldest;
        }
    }
    if (stopped > most_stopped) {
        ended = std::move(oldest->process);
    }
}

ObjectiveResult CommandRunner::evaluate(const ObjectiveCall& call) {
    const std::string key = key_of(call);
    Trial trial = take(key);
    if (const ObjectiveResult* known = answer_for(trial.reports, call.share)) {
        ObjectiveResult result = *known;
        put_back(key, std::move(trial));
        return result;
    }
    bool ended = true;
    if (trial.process != nullptr) {
        trial.process->go_on();
        ended = run_to(call, *trial.process, trial.reports);
    }
    // Also one that has done the part that it was asked for, and ended: more is a new start.
    if (ended && answer_for(trial.reports, call.share) == nullptr) {
        trial = {.process = begin(call), .reports = {}};
        ended = run_to(call, *trial.process, trial.reports);
    }
    trial.process->stop();
    const ObjectiveResult* reached = answer_for(trial.reports, call.share);
    if (reached == nullptr) {
        const Share last = trial.reports.empty() ? Share{0, 1} : trial.reports.back().share;
        fail(call, *trial.process,
             fmt::format("ended at step {} of {}, before share {} of {} that was asked for", last.part, last.whole, call.share.part,
                         call.share.whole));
    }
    ObjectiveResult result = *reached;
    const auto told = result.reported.find("seconds");
    const double seconds = told != result.reported.end() ? told->second : trial.process->seconds();
    result.seconds = std::max(0.0, seconds - trial.seconds);
    trial.seconds = seconds;
    if (ended) {
        trial.process.reset();
    }
    put_back(key, std::move(trial));
    return result;
}

}  // namespace mlpc
