// The definitions of the BBOB functions; bbob.h is what others include.
#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <functional>

namespace mlpc::bbob_definitions {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;
using Function = std::function<double(const Vector&)>;

// What the definitions of one instance have in common.
struct Instance {
    Eigen::Index n;
    std::int64_t seed;
    Vector optimum;
    Matrix r, q;  // the two rotations
    // Lambda of that condition between the two.
    Matrix warp(double condition) const;
};

// --- transformations of RR-6829, section 0.2 ---
// (i - 1)/(n - 1) of the definitions, from 0 to 1 along the coordinates.
double rank_of(Eigen::Index i, Eigen::Index n);
Vector scales(Eigen::Index n, double base);
// The diagonal matrix Lambda of that condition number.
Matrix conditioned(Eigen::Index n, double condition);
double oscillated(double);
Vector oscillated(const Vector&);
Vector asymmetric(const Vector&, double beta);
// How far outside of [-5, 5].
double outside(const Vector&);
double rastrigin(const Vector& z);
// By how much Rosenbrock's valley is scaled up in many dimensions.
double widening(Eigen::Index n);

// --- the functions; an instance's optimum may be moved by one ---
Function sphere(Instance&);
Function ellipsoid(Instance&);
Function separable_rastrigin(Instance&);
Function bueche_rastrigin(Instance&);
Function linear_slope(Instance&);
Function attractive_sector(Instance&);
Function step_ellipsoid(Instance&);
Function original_rosenbrock(Instance&);
Function rotated_rosenbrock(Instance&);
Function rotated_ellipsoid(Instance&);
Function discus(Instance&);
Function bent_cigar(Instance&);
Function sharp_ridge(Instance&);
Function different_powers(Instance&);
Function rotated_rastrigin(Instance&);
Function weierstrass(Instance&);
Function round_schaffers(Instance&);
Function stretched_schaffers(Instance&);
Function griewank_rosenbrock(Instance&);
Function schwefel(Instance&);
Function gallagher_101(Instance&);
Function gallagher_21(Instance&);
Function katsuura(Instance&);
Function lunacek(Instance&);

}  // namespace mlpc::bbob_definitions
