#include "tests/unit/io/scratch_postgres.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace mlpc::test {
namespace fs = std::filesystem;

namespace {

// Debian keeps the programs of each version in a folder of its own; the latest one.
std::string find_programs() {
    std::vector<std::string> found;
    std::error_code ignored;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
        if (fs::exists(version.path() / "bin/initdb")) {
            found.push_back((version.path() / "bin").string());
        }
    }
    return found.empty() ? "" : *std::max_element(found.begin(), found.end());
}

}  // namespace

ScratchPostgres::ScratchPostgres() : programs_(find_programs()) {
    if (programs_.empty()) {
        reason_ = "Debian's package postgresql is not installed";
        return;
    }
    char name[] = "/tmp/mlpc_pg_XXXXXX";
    if (::mkdtemp(name) == nullptr) {
        reason_ = "there is no folder for it";
        return;
    }
    folder_ = name;
    // The server refuses to run as root.
    if (::geteuid() == 0) {
        as_user_ = "setpriv --reuid=nobody --regid=nogroup --clear-groups ";
        if (!run("chown nobody:nogroup " + folder_)) {
            return;
        }
    }
    running_ =
        run(as_user_ + programs_ + "/initdb --pgdata=" + folder_ + "/data --auth=trust --username=mlpc --encoding=UTF8 --locale=C --no-sync") &&
        run(as_user_ + programs_ + "/pg_ctl --pgdata=" + folder_ + "/data --wait --timeout=30 --log=" + folder_ +
            "/log --options=\"-c listen_addresses='' -c unix_socket_directories=" + folder_ + " -c fsync=off\" start");
}

ScratchPostgres::~ScratchPostgres() {
    if (running_) {
        run(as_user_ + programs_ + "/pg_ctl --pgdata=" + folder_ + "/data --wait --mode=immediate stop");
    }
    std::error_code ignored;
    if (!folder_.empty()) {
        fs::remove_all(folder_, ignored);
    }
}

bool ScratchPostgres::run(const std::string& command) {
    const int status = std::system((command + " > " + folder_ + ".out 2>&1 < /dev/null").c_str());
    if (status != 0) {
        reason_ = "`" + command + "` ended with " + std::to_string(WEXITSTATUS(status));
    }
    std::error_code ignored;
    fs::remove(folder_ + ".out", ignored);
    return status == 0;
}

std::string ScratchPostgres::url() const { return "postgresql:///postgres?user=mlpc&host=" + folder_; }

}  // namespace mlpc::test
