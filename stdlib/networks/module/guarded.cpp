#include "stdlib/networks/module/guarded.h"

#include <ATen/Parallel.h>

#if defined(__SSE2__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

namespace mlpc::networks {

CalmThread::CalmThread() {
    at::set_num_threads(1);
#if defined(__SSE2__)
    control_ = _mm_getcsr();
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
#endif
}

CalmThread::~CalmThread() {
#if defined(__SSE2__)
    _mm_setcsr(control_);
#endif
}

}  // namespace mlpc::networks
