#include "runtime/core/kernels_variant.h"
