// The 24 noiseless functions of the Black-Box Optimization Benchmark (Hansen, Finck, Ros and Auger 2009, INRIA RR-6829), over [-5, 5]^n.
#pragma once

#include "tests/reference/search_functions.h"

namespace mlpc {

// Separable (1-5), of low or moderate conditioning (6-9), of high conditioning and one optimum (10-14), of many optima with a global structure
// (15-19), of many optima with a weak one (20-24).
enum class BbobGroup { Separable, Moderate, IllConditioned, MultiModal, WeakStructure };
BbobGroup bbob_group(int function);
std::string_view name_of(BbobGroup);

struct BbobFunction {
    SearchFunction function;  // its optimum is 0: values are regrets, COCO's f less f_opt
    Assignment best;          // where
};
// Functions 1 to 24, instances from 1.
BbobFunction bbob(int function, int instance, std::size_t dimensions);

}  // namespace mlpc
