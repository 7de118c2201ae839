#include "runtime/engine/engine.h"

#include "runtime/core/beyond_limits.h"
#include "runtime/engine/task_table.h"

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>

#include <ctime>
#include <map>

namespace mlpc {

namespace {

using engine::NodeTask;
using engine::TaskPtr;
using engine::Unit;
using engine::UnitPtr;
namespace flow = oneapi::tbb::flow;

double thread_cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

}  // namespace

struct Engine::Impl {
    const Experiment& experiment;
    const std::vector<Dataset>& data;
    EngineOptions options;
    Engine& owner;
    engine::TaskTable table;

    Impl(const Experiment& e, const std::vector<Dataset>& d, const std::vector<SplitRows>& s, EngineOptions o, Engine& own)
        : experiment(e), data(d), options(o), owner(own), table(experiment, data, s, options) {}

    bool is_cancelled() const { return options.cancelled != nullptr && options.cancelled->load(std::memory_order_relaxed); }

    // Computes the value or the failure of a task whose inputs are done. False: it is a restricted fit and the larger one has no answer.
    bool execute(NodeTask& task) {
        if (options.before_task) {
            options.before_task();
        }
        if (task.origin == engine::Origin::Restricted) {
            guarded(task, [&] { task.value = engine::restricted(task); });
            return !task.failure.empty() || !std::holds_alternative<std::monostate>(task.value);
        }
        for (const TaskPtr& in : task.inputs) {
            if (!in->failure.empty()) {
                task.failure = in->failure;
                task.failed_at = in->failed_at;
                task.beyond_limits = in->beyond_limits;
                return true;
            }
        }
        guarded(task, [&] { task.value = engine::compute(task, experiment, data, table.rows(), options); });
        return true;
    }

    // What a component throws is its task's failure and nobody else's.
    template <class Work>
    void guarded(NodeTask& task, Work work) {
        const double begin = thread_cpu_seconds();
        try {
            work();
            if (const auto* objective = std::get_if<std::shared_ptr<const ObjectiveResult>>(&task.value)) {
                task.seconds += (*objective)->seconds;  // of a program, on a thread of its own
            }
            keep_training(task);
            show_state(task);
        } catch (const Cancelled&) {
            task.failure = "cancelled";
        } catch (const std::bad_alloc&) {
            task.failure = "out of memory";
        } catch (const BeyondLimits& e) {
            task.failure = e.what();
            task.beyond_limits = true;
        } catch (const std::exception& e) {
            task.failure = e.what();
        } catch (...) {
            task.failure = "a step threw what is no exception";  // out of the node it would end the whole graph
        }
        task.failed_at = task.node->span;
        task.seconds += thread_cpu_seconds() - begin;
    }

    static void keep_training(NodeTask& task) {
        if (const auto* model = std::get_if<std::shared_ptr<FittedModel>>(&task.value)) {
            std::vector<Epoch> epochs = (*model)->epochs();
            task.training = epochs.empty() ? nullptr : std::make_shared<const Training>(Training{engine::planned_epochs(task), std::move(epochs)});
            return;
        }
        const NodeKind kind = task.node->kind;
        if (kind == NodeKind::Predict || kind == NodeKind::Restore || kind == NodeKind::Score) {
            task.training = task.inputs.at(0)->training;
        }
    }

    void show_state(const NodeTask& task) const {
        if (!owner.on_state) {
            return;
        }
        Archive archive = Archive::writer();
        if (const auto* step = std::get_if<std::shared_ptr<FittedStep>>(&task.value)) {
            (*step)->archive(archive);
        } else if (const auto* model = std::get_if<std::shared_ptr<FittedModel>>(&task.value)) {
            (*model)->archive(archive);
        } else {
            return;
        }
        owner.on_state(*task.node, task.context, archive.bytes());
    }

    bool run(UnitSource& source, std::size_t window) {
        oneapi::tbb::task_arena arena(static_cast<int>(options.jobs));
        const std::optional<std::vector<Proposal>> known = source.known();
        table.expect(known ? &*known : nullptr);
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
                    exhausted = !source.waits();
                    return;
                }
                std::vector<TaskPtr> ready;
                const std::uint64_t number = next_number++;
                const UnitPtr unit = table.build(number, *requests, ready);
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
                std::vector<Result> results = table.collect(*unit);
                if (!is_cancelled()) {
                    source.finished(unit->number, std::move(results), unit->seconds);
                    table.forget_models(source);
                }
            }
            pump();
            return flow::continue_msg();
        });
        flow::function_node<TaskPtr> worker(graph, flow::unlimited, [&](TaskPtr task) {
            std::vector<TaskPtr> ready;
            std::vector<Unit*> finished;
            if (execute(*task)) {
                table.complete(task, ready, finished);
            } else {
                table.fit_alone(task, ready);
            }
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
        std::optional<std::vector<Proposal>> known() const override { return std::vector<Proposal>(); }  // nothing follows it
        void finished(std::uint64_t, std::vector<Result> r, double) override { results = std::move(r); }
    } one;
    one.requests = &requests;
    if (!run(one, 1)) {
        throw Cancelled();
    }
    return std::move(one.results);
}

EngineCounts Engine::counts() const { return impl_->table.counts(); }

}  // namespace mlpc
