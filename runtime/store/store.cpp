#include "runtime/store/store.h"

#include "runtime/core/digest.h"
#include "runtime/store/read_run.h"
#include "runtime/store/schema.h"
#include "runtime/store/write_run.h"

#include <map>
#include <mutex>

namespace mlpc {

struct Store::Impl {
    explicit Impl(const std::string& path) : database(path) {}
    Database database;
    std::mutex one_at_a_time;  // a connection has one transaction
};

namespace {

// A reader that sees one moment of the store, however much is written meanwhile.
class Snapshot {
public:
    explicit Snapshot(Database& database) : database_(database) { database_.execute("BEGIN"); }
    ~Snapshot() { sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Database& database_;
};

constexpr const char* newest_first = " ORDER BY started DESC, rowid DESC";

std::vector<std::string> run_ids(Statement& statement) {
    std::vector<std::string> ids;
    while (statement.next()) {
        ids.push_back(statement.text(0));
    }
    return ids;
}

std::string joined(const std::vector<std::string>& ids) {
    constexpr std::size_t shown = 5;
    std::string text;
    for (std::size_t i = 0; i < ids.size() && i < shown; ++i) {
        text += (i == 0 ? "`" : ", `") + ids[i] + "`";
    }
    return ids.size() > shown ? text + ", …" : text;
}

std::string newest_run(Database& database) {
    Statement select(database, std::string("SELECT id FROM runs") + newest_first + " LIMIT 1");
    if (!select.next()) {
        database.fail("it holds no run yet; `mlpc run` makes one");
    }
    return select.text(0);
}

std::string resolve_id(Database& database, const std::string& id) {
    if (id == "latest") {
        return newest_run(database);
    }
    Statement exact(database, "SELECT id FROM runs WHERE id = ?");
    if (exact.with(id).next()) {
        return id;
    }
    Statement beginning(database, std::string("SELECT id FROM runs WHERE substr(id, 1, length(?1)) = ?1 AND ?1 <> ''") + newest_first);
    const std::vector<std::string> ids = run_ids(beginning.with(id));
    if (ids.empty()) {
        database.fail("no run begins with `" + id + "`; `mlpc results` lists them");
    }
    if (ids.size() > 1) {
        database.fail("several runs begin with `" + id + "`: " + joined(ids));
    }
    return ids.front();
}

}  // namespace

Store::Store(const std::string& path) : impl_(std::make_unique<Impl>(path)) { migrate(impl_->database); }

Store::~Store() = default;

void Store::begin_run(const RunRecord& run) {
    const std::lock_guard lock(impl_->one_at_a_time);
    Transaction transaction(impl_->database);
    if (Statement exists(impl_->database, "SELECT 1 FROM runs WHERE id = ?"); exists.with(run.id).next()) {
        impl_->database.fail("it has a run `" + run.id + "` already");
    }
    write_record(impl_->database, run, "running");
    for (const SearchRecord& search : run.searches) {
        for (const SeedRecord& seed : search.seeds) {
            write_trials(impl_->database, run.id, search.name, seed.seed, seed.trials);
        }
    }
    transaction.commit();
}

void Store::add_trials(const std::string& run_id, const std::string& search, std::uint64_t seed, const std::vector<TrialRecord>& trials) {
    const std::lock_guard lock(impl_->one_at_a_time);
    Transaction transaction(impl_->database);
    write_trials(impl_->database, run_id, search, seed, trials);
    transaction.commit();
}

void Store::finish_run(const RunRecord& run) {
    const std::lock_guard lock(impl_->one_at_a_time);
    Transaction transaction(impl_->database);
    write_record(impl_->database, run, run.status);
    for (const SearchRecord& search : run.searches) {
        for (const SeedRecord& seed : search.seeds) {
            write_trials(impl_->database, run.id, search.name, seed.seed, seed.trials);
        }
    }
    transaction.commit();
}

RunRecord Store::load_run(const std::string& id) const {
    const std::lock_guard lock(impl_->one_at_a_time);
    const Snapshot snapshot(impl_->database);
    return read_run(impl_->database, resolve_id(impl_->database, id), TrialsOf::All);
}

std::vector<RunRecord> Store::list_runs() const {
    const std::lock_guard lock(impl_->one_at_a_time);
    const Snapshot snapshot(impl_->database);
    Statement select(impl_->database, std::string("SELECT id FROM runs") + newest_first);
    std::vector<RunRecord> runs;
    for (const std::string& id : run_ids(select)) {
        runs.push_back(read_run(impl_->database, id, TrialsOf::WinnersOnly));
    }
    return runs;
}

void Store::set_keys(const std::string& run_id, const ExperimentKeys& keys) {
    const std::lock_guard lock(impl_->one_at_a_time);
    Statement(impl_->database, "UPDATE runs SET experiment_key = ?, evaluation_key = ? WHERE id = ?")
        .run(keys.experiment.hex(), keys.evaluation.hex(), run_id);
    if (sqlite3_changes(impl_->database.handle()) == 0) {
        impl_->database.fail("no run `" + run_id + "`");
    }
}

std::vector<TrialRecord> Store::trials_of(const ExperimentKeys& keys, const std::string& search, std::uint64_t seed) const {
    const std::lock_guard lock(impl_->one_at_a_time);
    const Snapshot snapshot(impl_->database);
    // By rowid, which runs get in the order in which they begin: the clock's seconds may be equal.
    Statement select(impl_->database,
                     "SELECT id FROM runs WHERE evaluation_key = ? AND rowid > "
                     "(SELECT coalesce(max(rowid), 0) FROM runs WHERE experiment_key = ? AND status = 'done') ORDER BY rowid DESC");
    std::map<std::uint64_t, TrialRecord> by_number;
    for (const std::string& id : run_ids(select.with(keys.evaluation.hex(), keys.experiment.hex()))) {
        for (TrialRecord& trial : read_trials(impl_->database, id, search, seed)) {
            by_number.try_emplace(trial.number, std::move(trial));
        }
    }
    std::vector<TrialRecord> trials;
    for (auto& [number, trial] : by_number) {
        trials.push_back(std::move(trial));
    }
    return trials;
}

void Store::add_artifact(const std::string& run_id, const std::string& name, const std::string& bytes) {
    const std::lock_guard lock(impl_->one_at_a_time);
    Statement(impl_->database,
              "INSERT INTO artifacts VALUES (?, ?, ?, CAST(? AS BLOB)) ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes")
        .run(run_id, name, sha256_hex(bytes), bytes);
}

std::optional<std::string> Store::artifact(const std::string& run_id, const std::string& name) const {
    const std::lock_guard lock(impl_->one_at_a_time);
    Statement select(impl_->database, "SELECT bytes, sha256 FROM artifacts WHERE run_id = ? AND name = ?");
    if (!select.with(run_id, name).next()) {
        return std::nullopt;
    }
    std::string bytes = select.text(0);
    if (sha256_hex(bytes) != select.text(1)) {
        impl_->database.fail("`" + name + "` of run `" + run_id + "` is damaged: its bytes do not give its SHA-256");
    }
    return bytes;
}

}  // namespace mlpc
