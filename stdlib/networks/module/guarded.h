// The edge of the module: how a calling thread is set while it computes, and where libtorch's exceptions end.
#pragma once

#include "runtime/core/error.h"
#include "stdlib/networks/backend.h"

#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <new>

namespace mlpc::networks {

// One thread inside of a call, and no slow numbers next to 0. Gives the caller back its rounding of tiny numbers at the end.
class CalmThread {
public:
    CalmThread();
    ~CalmThread();
    CalmThread(const CalmThread&) = delete;
    CalmThread& operator=(const CalmThread&) = delete;

private:
    unsigned control_ = 0;
};

// What `work` gives; whatever goes wrong is a BackendError, but for Cancelled. Every function that mlpc calls is one of these.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
    const CalmThread calm;
    try {
        return work();
    } catch (const BackendError&) {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const c10::Error& error) {
        throw BackendError(fmt::format("libtorch: {}", error.what_without_backtrace()));
    } catch (const std::bad_alloc&) {
        throw BackendError("there is not enough memory for the network: a smaller `batch` or fewer parameters need less");
    } catch (const std::exception& error) {
        throw BackendError(error.what());
    }
}

}  // namespace mlpc::networks
