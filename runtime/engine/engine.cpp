#include "runtime/engine/engine.h"

#include "runtime/core/error.h"
#include "runtime/engine/task.h"

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>

#include <ctime>
#include <map>
#include <mutex>
#include <unordered_map>

namespace mlpc {

namespace engine {

// One unit in flight.
struct Unit {
    std::uint64_t number = 0;
    std::vector<std::shared_ptr<NodeTask>> roots;
    std::size_t waiting = 0;
    bool complete_when_built = false;
    double seconds = 0;
    std::vector<std::shared_ptr<NodeTask>> first_needed;  // tasks whose cost is this unit's
};

}  // namespace engine

namespace {

using engine::NodeTask;
using engine::Unit;
using TaskPtr = std::shared_ptr<NodeTask>;
using UnitPtr = std::shared_ptr<Unit>;
namespace flow = oneapi::tbb::flow;

double thread_cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Values that are dear to make and likely to be asked for again by another trial; all others go as soon as nothing needs them.
bool worth_keeping(const Node& node) {
    switch (node.kind) {
        case NodeKind::Source:
        case NodeKind::Fit:
        case NodeKind::Apply:
        case NodeKind::Transform:
        case NodeKind::Filter:
        case NodeKind::Resample:
        case NodeKind::Concatenate:
        case NodeKind::Labels:
            return true;
        default:
            return false;
    }
}

std::size_t bytes_of(const Value& value) {
    if (const auto* frame = std::get_if<Frame>(&value)) {
        return frame->is_view() ? 0 : frame->bytes();
    }
    if (const auto* sample = std::get_if<std::shared_ptr<const Sample>>(&value)) {
        return (*sample)->x.is_view() ? 0 : (*sample)->x.bytes();
    }
    return 0;
}

}  // namespace

struct Engine::Impl {
    const Experiment& experiment;
    const std::vector<Dataset>& data;
    const std::vector<SplitRows>& splits;
    EngineOptions options;
    Engine& owner;

    std::mutex mutex;
    std::unordered_map<Key, TaskPtr, KeyHash> tasks;
    std::map<std::uint64_t, TaskPtr> idle;  // done, unused, kept; by last use
    std::size_t kept_bytes = 0;
    std::uint64_t clock = 0;
    EngineCounts counts;

    Impl(const Experiment& e, const std::vector<Dataset>& d, const std::vector<SplitRows>& s, EngineOptions o, Engine& own)
        : experiment(e), data(d), splits(s), options(o), owner(own) {}

    bool is_cancelled() const { return options.cancelled != nullptr && options.cancelled->load(std::memory_order_relaxed); }

    // --- building tasks; all under the mutex ---------------------------------------------------------------------
    struct Building {
        const Request& request;
        Unit& unit;
        std::vector<TaskPtr>& ready;
        std::unordered_map<std::uint32_t, TaskPtr> built;  // by node
    };

    const Assignment& assignment_of(const Building& b) const {
        static const Assignment none;
        return b.request.assignment != nullptr ? *b.request.assignment : none;
    }

    ParamValues params_of(const Node& node, const Building& b) const {
        ParamValues values;
        values.reserve(node.params.size());
        for (const Binding& binding : node.params) {
            if (const auto* fixed = std::get_if<ParamValue>(&binding)) {
                values.push_back(*fixed);
                continue;
            }
            const DimensionId id = std::get<DimensionId>(binding);
            const Dimension& dimension = experiment.searches.at(node.search).space.dimensions.at(id.index);
            values.push_back(value_of(dimension, assignment_of(b).at(id.index).value()));
        }
        return values;
    }

    StreamKey stream_of(const Node& node, const Context& at) const {
        const bool varies = experiment.seeds.vary_init;
        return StreamKey{experiment.seeds.values.at(varies ? at.seed : 0), 0}
            .child("init")
            .child(node.stream)
            .child(static_cast<std::uint64_t>(at.outer + 1))
            .child(static_cast<std::uint64_t>(at.fold + 1));
    }

    Key key_of(const NodeTask& task, const Building& b) const {
        const Node& node = *task.node;
        KeyBuilder key;
        key.add(name_of(node.kind));
        switch (node.kind) {
            case NodeKind::Source:
                key.add(data.at(node.data.index).key);
                break;
            case NodeKind::Labels:
                key.add(data.at(node.data.index).key).add(std::uint64_t{node.data.index});
                key.add(rows_of(splits.at(task.context.split), node.rows, task.context).key);
                break;
            case NodeKind::Take:
                key.add(rows_of(splits.at(task.context.split), node.rows, task.context).key);
                break;
            case NodeKind::Select: {
                const Selector& s = node.selector;
                key.add(std::uint64_t{node.data.index})
                    .add(static_cast<std::uint64_t>(s.kind))
                    .add(static_cast<std::uint64_t>(s.type))
                    .add(s.pattern);
                key.add(std::uint64_t{s.accepted}).add(s.names.size());
                for (const std::string& name : s.names) {
                    key.add(name);
                }
                for (const std::string& name : s.except) {
                    key.add(name);
                }
                break;
            }
            default:
                break;
        }
        if (node.component != nullptr) {
            key.add(node.component->name).add(std::uint64_t{node.component->version});
            for (const ParamValue& value : task.params) {
                key.add(value.to_string());
            }
            for (const NamedExpression& named : node.named) {
                key.add(named.name).add(to_string(named.expression));
            }
            if (node.component->random && engine::is_fit(node)) {
                key.add(task.stream.a).add(task.stream.b);
            }
        }
        for (const TaskPtr& in : task.inputs) {
            key.add(in->key);
        }
        if (!options.share) {
            key.add(b.unit.number).add(static_cast<std::uint64_t>(task.context.seed)).add(static_cast<std::uint64_t>(task.context.outer + 1));
            key.add(static_cast<std::uint64_t>(task.context.fold + 1));
        }
        return key.key();
    }

    TaskPtr demand(NodeId id, Building& b) {
        if (const auto at = b.built.find(id.index); at != b.built.end()) {
            return at->second;
        }
        const Node& node = experiment.node(id);
        if (node.kind == NodeKind::Choice) {
            const double choice = assignment_of(b).at(node.dimension.index).value();
            return b.built[id.index] = demand(node.inputs.at(static_cast<std::size_t>(choice)), b);
        }
        auto task = std::make_shared<NodeTask>();
        task->node = &node;
        task->context = b.request.context;
        const std::size_t used_inputs = node.kind == NodeKind::Score ? 2 : node.inputs.size();
        for (std::size_t i = 0; i < used_inputs; ++i) {
            task->inputs.push_back(demand(node.inputs[i], b));
        }
        task->params = params_of(node, b);
        task->stream = stream_of(node, task->context);
        task->key = key_of(*task, b);
        counts.fits_requested += engine::is_fit(node) ? 1 : 0;
        if (const auto at = tasks.find(task->key); at != tasks.end()) {
            return b.built[id.index] = at->second;
        }
        for (const TaskPtr& in : task->inputs) {
            pin(in);
            if (!in->done) {
                ++task->waiting;
                in->dependents.push_back(task);
            }
        }
        tasks.emplace(task->key, task);
        b.unit.first_needed.push_back(task);
        if (task->waiting == 0) {
            b.ready.push_back(task);
        }
        return b.built[id.index] = task;
    }

    void pin(const TaskPtr& task) {
        if (task->uses++ == 0 && task->done && task->last_use != 0) {
            idle.erase(task->last_use);
            task->last_use = 0;
            kept_bytes -= task->bytes;
        }
    }

    void unpin(const TaskPtr& task) {
        if (--task->uses > 0 || !task->done) {
            return;
        }
        if (!worth_keeping(*task->node) || !options.share || !task->failure.empty()) {
            drop(task);
            return;
        }
        task->last_use = ++clock;
        idle.emplace(task->last_use, task);
        kept_bytes += task->bytes;
        while (kept_bytes > options.memory_bytes && !idle.empty()) {
            const TaskPtr oldest = idle.begin()->second;
            idle.erase(idle.begin());
            kept_bytes -= oldest->bytes;
            ++counts.evicted;
            drop(oldest);
        }
    }

    void drop(const TaskPtr& task) {
        tasks.erase(task->key);
        task->value = Value{};
        task->inputs.clear();
    }

    // The tasks of a unit; those that can run at once are appended to `ready`.
    UnitPtr build(std::uint64_t number, const std::vector<Request>& requests, std::vector<TaskPtr>& ready) {
        auto unit = std::make_shared<Unit>();
        unit->number = number;
        const std::lock_guard lock(mutex);
        std::vector<TaskPtr> new_ready;
        for (const Request& request : requests) {
            Building b{request, *unit, new_ready, {}};
            const TaskPtr root = demand(request.node, b);
            pin(root);
            unit->roots.push_back(root);
        }
        for (const TaskPtr& root : unit->roots) {
            if (!root->done) {
                ++unit->waiting;
                root->watchers.push_back(unit.get());
            }
        }
        unit->complete_when_built = unit->waiting == 0;
        ready.insert(ready.end(), new_ready.begin(), new_ready.end());
        return unit;
    }

    // --- running -------------------------------------------------------------------------------------------------
    void execute(NodeTask& task) {
        for (const TaskPtr& in : task.inputs) {
            if (!in->failure.empty()) {
                task.failure = in->failure;
                task.failed_at = in->failed_at;
                return;
            }
        }
        const double begin = thread_cpu_seconds();
        try {
            task.value = engine::compute(task, experiment, data, splits, options.cancelled);
            if (owner.on_state && (task.node->kind == NodeKind::Fit || task.node->kind == NodeKind::FitModel)) {
                Archive archive = Archive::writer();
                if (task.node->kind == NodeKind::Fit) {
                    std::get<std::shared_ptr<FittedStep>>(task.value)->archive(archive);
                } else {
                    std::get<std::shared_ptr<FittedModel>>(task.value)->archive(archive);
                }
                owner.on_state(*task.node, task.context, archive.bytes());
            }
        } catch (const Cancelled&) {
            task.failure = "cancelled";
        } catch (const std::bad_alloc&) {
            task.failure = "out of memory";
        } catch (const std::exception& e) {
            task.failure = e.what();
        } catch (...) {
            task.failure = "a step threw what is no exception";  // out of the node it would end the whole graph
        }
        task.failed_at = task.node->span;
        task.seconds = thread_cpu_seconds() - begin;
    }

    // Marks a task done; returns the tasks that can run now and the units that are complete.
    void complete(const TaskPtr& task, std::vector<TaskPtr>& ready, std::vector<Unit*>& finished) {
        const std::lock_guard lock(mutex);
        task->done = true;
        task->bytes = bytes_of(task->value);
        counts.fits_done += engine::is_fit(*task->node) && task->failure.empty() ? 1 : 0;
        for (const TaskPtr& dependent : task->dependents) {
            if (--dependent->waiting == 0) {
                ready.push_back(dependent);
            }
        }
        task->dependents.clear();
        const std::vector<TaskPtr> inputs = std::move(task->inputs);
        task->inputs.clear();
        for (const TaskPtr& in : inputs) {
            unpin(in);
        }
        for (Unit* unit : task->watchers) {
            if (--unit->waiting == 0) {
                finished.push_back(unit);
            }
        }
        task->watchers.clear();
        if (task->uses == 0) {
            ++task->uses;
            unpin(task);
        }
    }

    std::vector<Result> collect(Unit& unit) {
        std::vector<Result> results;
        for (const TaskPtr& root : unit.roots) {
            results.push_back({root->failure.empty() ? root->value : Value{}, root->failure, root->failed_at});
        }
        for (const TaskPtr& task : unit.first_needed) {
            unit.seconds += task->seconds;
        }
        unit.first_needed.clear();
        const std::lock_guard lock(mutex);
        for (const TaskPtr& root : unit.roots) {
            unpin(root);
        }
        unit.roots.clear();
        return results;
    }

    bool run(UnitSource& source, std::size_t window) {
        oneapi::tbb::task_arena arena(static_cast<int>(options.jobs));
        return arena.execute([&] { return run_in_arena(source, window); });
    }

    bool run_in_arena(UnitSource& source, std::size_t window) {
        flow::graph graph;
        std::map<std::uint64_t, UnitPtr> in_flight;  // used in the serial node only
        std::uint64_t next_number = 0;
        bool exhausted = false;

        flow::function_node<TaskPtr>* worker_node = nullptr;
        flow::sequencer_node<Unit*> in_order(graph, [](Unit* unit) { return static_cast<std::size_t>(unit->number); });
        const auto pump = [&] {
            while (!exhausted && in_flight.size() < window && !is_cancelled()) {
                const auto requests = source.next();
                if (!requests) {
                    exhausted = true;
                    return;
                }
                std::vector<TaskPtr> ready;
                const std::uint64_t number = next_number++;
                const UnitPtr unit = build(number, *requests, ready);
                in_flight.emplace(number, unit);
                if (unit->complete_when_built) {
                    in_order.try_put(unit.get());
                }
                for (const TaskPtr& task : ready) {
                    worker_node->try_put(task);
                }
            }
        };
        flow::function_node<Unit*> conductor(graph, flow::serial, [&](Unit* done) {
            if (done != nullptr) {
                const UnitPtr unit = in_flight.at(done->number);
                in_flight.erase(done->number);
                std::vector<Result> results = collect(*unit);
                if (!is_cancelled()) {
                    source.finished(unit->number, std::move(results), unit->seconds);
                }
            }
            pump();
            return flow::continue_msg();
        });
        flow::function_node<TaskPtr> worker(graph, flow::unlimited, [&](TaskPtr task) {
            std::vector<TaskPtr> ready;
            std::vector<Unit*> finished;
            execute(*task);
            complete(task, ready, finished);
            for (Unit* unit : finished) {
                in_order.try_put(unit);
            }
            for (const TaskPtr& next : ready) {
                worker_node->try_put(next);
            }
            return flow::continue_msg();
        });
        worker_node = &worker;
        flow::make_edge(in_order, conductor);
        conductor.try_put(nullptr);
        graph.wait_for_all();
        return !is_cancelled();
    }
};

Engine::Engine(const Experiment& e, const std::vector<Dataset>& data, const std::vector<SplitRows>& splits, EngineOptions options)
    : impl_(std::make_unique<Impl>(e, data, splits, options, *this)) {}
Engine::~Engine() = default;

bool Engine::run(UnitSource& source, std::size_t window) {
    const oneapi::tbb::global_control threads(oneapi::tbb::global_control::max_allowed_parallelism, impl_->options.jobs);
    return impl_->run(source, window);
}

std::vector<Result> Engine::values(const std::vector<Request>& requests) {
    struct One : UnitSource {
        const std::vector<Request>* requests = nullptr;
        std::vector<Result> results;
        std::optional<std::vector<Request>> next() override {
            const auto* now = std::exchange(requests, nullptr);
            return now != nullptr ? std::optional(*now) : std::nullopt;
        }
        void finished(std::uint64_t, std::vector<Result> r, double) override { results = std::move(r); }
    } one;
    one.requests = &requests;
    if (!run(one, 1)) {
        throw Cancelled();
    }
    return std::move(one.results);
}

EngineCounts Engine::counts() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->counts;
}

}  // namespace mlpc
