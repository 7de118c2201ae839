#include "runtime/core/parallel.h"

#include <oneapi/tbb/parallel_for.h>

#include <exception>
#include <vector>

namespace mlpc {

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body) {
    std::vector<std::exception_ptr> thrown(count);
    oneapi::tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
        try {
            body(i);
        } catch (...) {
            thrown[i] = std::current_exception();
        }
    });
    for (const std::exception_ptr& error : thrown) {
        if (error) {
            std::rethrow_exception(error);
        }
    }
}

}  // namespace mlpc
