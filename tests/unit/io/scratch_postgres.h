// A PostgreSQL server in a folder of its own, reached by a socket there, for as long as the object lives.
#pragma once

#include <string>

namespace mlpc::test {

class ScratchPostgres {
public:
    ScratchPostgres();
    ~ScratchPostgres();
    ScratchPostgres(const ScratchPostgres&) = delete;
    ScratchPostgres& operator=(const ScratchPostgres&) = delete;
    bool running() const { return running_; }
    // Why there is none.
    const std::string& reason() const { return reason_; }
    std::string url() const;

private:
    bool run(const std::string& command);
    std::string folder_, reason_, programs_, as_user_;
    bool running_ = false;
};

}  // namespace mlpc::test
