// The deviance of the Tweedie family: normal (power 0), Poisson (1), gamma (2), inverse Gaussian (3) and what lies between.
#pragma once

namespace mlpc {

// Of one row. NaN where truth or prediction is outside the family's domain: positive predictions for power >= 1, truth from 0 for powers below
// 2 and above 0 from there on; powers between 0 and 1 exclusive have no distribution.
double tweedie_deviance(double truth, double predicted, double power);

}  // namespace mlpc
