// What makes an instance of a BBOB function: where its optimum lies, how high, and how it is turned; drawn by COCO's own generator, so that
// instances are the published ones.
#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace mlpc {

// Numbers in (0, 1): Park and Miller's generator, shuffled (COCO: bbob2009_unif).
std::vector<double> bbob_uniform(std::size_t count, std::int64_t seed);
// Standard normal numbers (bbob2009_gauss).
std::vector<double> bbob_normal(std::size_t count, std::int64_t seed);
// Each in [-4, 4] in steps of 0.0008, never 0 (bbob2009_compute_xopt).
Eigen::VectorXd bbob_optimum(std::size_t dimensions, std::int64_t seed);
// In [-1000, 1000], of two digits (bbob2009_compute_fopt).
double bbob_height(int function, int instance);
// An orthogonal matrix: a normal one, its columns made orthogonal (bbob2009_compute_rotation).
Eigen::MatrixXd bbob_rotation(std::size_t dimensions, std::int64_t seed);
// Functions 4 and 18 share the instances of 3 and 17.
std::int64_t bbob_seed(int function, int instance);

}  // namespace mlpc
