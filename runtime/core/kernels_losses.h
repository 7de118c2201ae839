// Loss, gradient and Hessian of logistic models in one pass over the rows; part of kernels_variant.h.

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

// Sums over rows r … r + count of the products of the columns of x with v, and with ones at the end: out (cols + 1) += [X 1]ᵀ v.
void add_gradient(const double* x, Index cols, Index ld, const double* v, Index count, double* out) {
    add_matvec_transposed(x, count, cols, ld, v, out);
    for (Index i = 0; i < count; ++i) {
        out[cols] += v[i];
    }
}

// z = X β + intercept of a block of rows.
void linear_predictor(const double* x, Index count, Index cols, Index ld, const double* beta, double intercept, double* z) {
    matvec(x, count, cols, ld, beta, z);
    Eigen::Map<Vector>(z, count).array() += intercept;
}

// The lower triangle of out (cols + 1 squared) += [X 1]ᵀ W [X 1] of a block of rows; W is given by its square roots.
void add_curvature(const double* x, Index cols, Index ld, const double* root, Index count, const double* ones, Panels& panels, double* out,
                   Index ldout) {
    for (Index c = 0; c < cols; ++c) {
        panels.put(c, x + c * ld, root, count);
    }
    panels.put(cols, ones, root, count);
    add_products(panels, panels, count, cols + 1, out, ldout);
}

// Of each row of a block: residual w (p - y) as the derivative by z, and curvature w p (1 - p). Returns the loss of the block.
double logistic_rows(const double* z, const double* signs, const double* weights, Index count, double* residual, double* curvature) {
    const Pack one = pset1<Pack>(1.0);
    Pack loss = zero();
    for (Index r = 0; r < count; r += width) {
        const Index some = count - r;
        const Pack sign = load_some(signs + r, some);
        // Rows beyond the end weigh nothing.
        const Pack weight = weights == nullptr ? (some >= width ? one : pmul(sign, sign)) : load_some(weights + r, some);
        const Pack margin = pmul(sign, load_some(z + r, some));
        const Pack small = Eigen::internal::pexp(Eigen::internal::pnegate(Eigen::internal::pabs(margin)));
        const Pack sum = padd(one, small);
        const Pack wrong = Eigen::internal::pmax(zero(), Eigen::internal::pnegate(margin));
        loss = padd(loss, pmul(weight, padd(wrong, Eigen::internal::plog(sum))));
        // 1 / (1 + exp(margin)), the probability of the other class.
        const Pack numerator = Eigen::internal::pselect(Eigen::internal::pcmp_lt(margin, zero()), one, small);
        const Pack other = Eigen::internal::pdiv(numerator, sum);
        store_some(residual + r, Eigen::internal::pnegate(pmul(weight, pmul(sign, other))), some);
        store_some(curvature + r, pmul(weight, Eigen::internal::pdiv(small, pmul(sum, sum))), some);
    }
    return Eigen::internal::predux(loss);
}

// What the indicators of a block of rows add to its linear predictor.
void add_indicators(const LogisticInput& in, Index first, Index count, double* z) {
    const double* beta = in.beta + in.cols;
    for (Index i = 0; i < count; ++i) {
        double sum = 0;
        for (const std::uint32_t *k = in.ones + in.offsets[first + i], *end = in.ones + in.offsets[first + i + 1]; k < end; ++k) {
            sum += beta[*k];
        }
        z[i] += sum;
    }
}

void add_indicator_gradient(const LogisticInput& in, Index first, Index count, const double* residual, double* gradient) {
    double* to = gradient + in.cols;
    for (Index i = 0; i < count; ++i) {
        const double value = residual[i];
        for (const std::uint32_t *k = in.ones + in.offsets[first + i], *end = in.ones + in.offsets[first + i + 1]; k < end; ++k) {
            to[*k] += value;
        }
    }
}

// The parts of the Hessian: [X 1] with itself, [X 1] (rows, padded to packets) with the indicators, and these with themselves.
struct CurvatureParts {
    CurvatureParts(Index core, Index indicators)
        : stride(packs(core) * width), dense(core, core), cross(stride, indicators), pairs(indicators, indicators) {
        dense.setZero();
        cross.setZero();
        pairs.setZero();
    }
    Index stride;
    Matrix dense, cross, pairs;
};

void add_indicator_curvature(const LogisticInput& in, Index first, Index count, const double* curvature, Vector& wide, CurvatureParts& parts) {
    const Index stride = parts.stride;
    for (Index c = 0; c < in.cols; ++c) {
        for (Index i = 0; i < count; ++i) {
            wide[i * stride + c] = in.x[first + i + c * in.ld] * curvature[i];
        }
    }
    for (Index i = 0; i < count; ++i) {
        wide[i * stride + in.cols] = curvature[i];
    }
    for (Index i = 0; i < count; ++i) {
        const std::uint32_t begin = in.offsets[first + i], end = in.offsets[first + i + 1];
        for (std::uint32_t k = begin; k < end; ++k) {
            double* to = parts.cross.data() + in.ones[k] * stride;
            for (Index p = 0; p < stride; p += width) {
                pstoreu(to + p, padd(ploadu<Pack>(to + p), ploadu<Pack>(wide.data() + i * stride + p)));
            }
            double* column = parts.pairs.data() + in.ones[k] * in.indicators;
            for (std::uint32_t other = k; other < end; ++other) {
                column[in.ones[other]] += curvature[i];
            }
        }
    }
}

// The Hessian in the order of beta, from its parts.
void assemble(const LogisticInput& in, const CurvatureParts& parts, double* hessian) {
    const Index size = in.cols + in.indicators + 1, last = size - 1;
    Eigen::Map<Matrix> h(hessian, size, size);
    h.topLeftCorner(in.cols, in.cols) = parts.dense.topLeftCorner(in.cols, in.cols);
    h.row(last).head(in.cols) = parts.dense.row(in.cols).head(in.cols);
    h(last, last) = parts.dense(in.cols, in.cols);
    if (in.indicators > 0) {
        h.block(in.cols, 0, in.indicators, in.cols) = parts.cross.topRows(in.cols).transpose();
        h.row(last).segment(in.cols, in.indicators) = parts.cross.row(in.cols);
        h.block(in.cols, in.cols, in.indicators, in.indicators) = parts.pairs;
    }
    mirror_lower(hessian, size);
}

double logistic_pass(const LogisticInput& in, double* gradient, double* hessian) {
    const Index size = in.cols + in.indicators + 1, core = in.cols + 1;
    const bool curved = hessian != nullptr;
    Eigen::Map<Vector>(gradient, size).setZero();
    CurvatureParts parts(curved ? core : 0, curved ? in.indicators : 0);
    Panels panels(curved ? block_rows : 0, curved ? core : 0);
    Vector wide = Vector::Zero(curved && in.indicators > 0 ? block_rows * parts.stride : 0);
    const Vector ones = Vector::Ones(block_rows);
    Vector core_gradient = Vector::Zero(core), z(block_rows), residual(block_rows), curvature(block_rows);
    double loss = 0;
    for (Index r = 0; r < in.rows; r += block_rows) {
        const Index count = in.rows - r < block_rows ? in.rows - r : block_rows;
        const double* x = in.x + r;
        linear_predictor(x, count, in.cols, in.ld, in.beta, in.beta[size - 1], z.data());
        if (in.indicators > 0) {
            add_indicators(in, r, count, z.data());
        }
        loss += logistic_rows(z.data(), in.signs + r, in.weights == nullptr ? nullptr : in.weights + r, count, residual.data(), curvature.data());
        add_gradient(x, in.cols, in.ld, residual.data(), count, core_gradient.data());
        if (in.indicators > 0) {
            add_indicator_gradient(in, r, count, residual.data(), gradient);
        }
        if (curved) {
            if (in.indicators > 0) {
                add_indicator_curvature(in, r, count, curvature.data(), wide, parts);
            }
            curvature.head(count) = curvature.head(count).cwiseSqrt();
            add_curvature(x, in.cols, in.ld, curvature.data(), count, ones.data(), panels, parts.dense.data(), core);
        }
    }
    Eigen::Map<Vector>(gradient, in.cols) = core_gradient.head(in.cols);
    gradient[size - 1] = core_gradient[in.cols];
    if (curved) {
        assemble(in, parts, hessian);
    }
    return loss;
}

// How many classes one pass over a block serves: their sums fit the registers.
constexpr int classes_together = width == 8 ? 8 : 4;

// `work(n, first)` for the classes in parts of at most `most`, as equal as can be (ten are four, three and three): n, the size of a part, is an
// integral_constant. A part of one would wait for its additions.
template <int most, class Work>
void each_part(Index classes, const Work& work) {
    const auto take = [&]<int... less>(std::integer_sequence<int, less...>, Index size, Index first) {
        (void)((size == most - less ? (work(std::integral_constant<int, most - less>(), first), true) : false) || ...);
    };
    const Index parts = (classes + most - 1) / most;
    for (Index part = 0, first = 0; part < parts; ++part) {
        const Index left = parts - part, size = (classes - first + left - 1) / left;
        take(std::make_integer_sequence<int, most>(), size, first);
        first += size;
    }
}

// The linear predictors of some classes for two packets of rows, of which `some` are there (`whole`: all of them); the bits are those of
// linear_predictor.
template <int classes, bool whole>
void two_packets_of_predictors(const SoftmaxInput& in, const double* x, Index some, const double* beta, double* z, Index ldz) {
    const Index size = in.cols + 1, more = some > width ? some - width : 0;
    Pack low[classes], high[classes];
#pragma GCC unroll 16
    for (int k = 0; k < classes; ++k) {
        low[k] = high[k] = zero();
    }
    for (Index c = 0; c < in.cols; ++c) {
        const double* from = x + c * in.ld;
        const Pack a = whole ? ploadu<Pack>(from) : load_some(from, some);
        const Pack b = whole ? ploadu<Pack>(from + width) : more > 0 ? load_some(from + width, more) : zero();
#pragma GCC unroll 16
        for (int k = 0; k < classes; ++k) {
            const Pack factor = pset1<Pack>(beta[k * size + c]);
            low[k] = multiply_then_add(a, factor, low[k]);
            high[k] = multiply_then_add(b, factor, high[k]);
        }
    }
#pragma GCC unroll 16
    for (int k = 0; k < classes; ++k) {
        const Pack intercept = pset1<Pack>(beta[k * size + in.cols]);
        store_some(z + k * ldz, padd(low[k], intercept), some);
        if (more > 0) {
            store_some(z + width + k * ldz, padd(high[k], intercept), more);
        }
    }
}

template <int classes>
void some_predictors(const SoftmaxInput& in, Index first, Index count, const double* beta, double* z, Index ldz) {
    Index i = 0;
    for (; i + 2 * width <= count; i += 2 * width) {
        two_packets_of_predictors<classes, true>(in, in.x + first + i, 2 * width, beta, z + i, ldz);
    }
    if (i < count) {
        two_packets_of_predictors<classes, false>(in, in.x + first + i, count - i, beta, z + i, ldz);
    }
}

// The gradients of some classes by four columns; the bits are those of add_gradient.
template <int columns, int classes>
void add_some_dots(const double* x, Index rows, Index ld, const double* v, Index ldv, double* out, Index ldout) {
    Pack sums[classes][columns];
#pragma GCC unroll 16
    for (auto& of_class : sums) {
#pragma GCC unroll 16
        for (Pack& sum : of_class) {
            sum = zero();
        }
    }
    const auto add = [&](const auto& load, Index r) {
        Pack cells[columns];
#pragma GCC unroll 16
        for (int c = 0; c < columns; ++c) {
            cells[c] = load(x + r + c * ld);
        }
#pragma GCC unroll 16
        for (int k = 0; k < classes; ++k) {
            const Pack factor = load(v + r + k * ldv);
#pragma GCC unroll 16
            for (int c = 0; c < columns; ++c) {
                sums[k][c] = pmadd(cells[c], factor, sums[k][c]);
            }
        }
    };
    Index r = 0;
    for (; r + width <= rows; r += width) {
        add([](const double* from) { return ploadu<Pack>(from); }, r);
    }
    if (r < rows) {
        add([&](const double* from) { return load_part(from, rows - r); }, r);
    }
#pragma GCC unroll 16
    for (int k = 0; k < classes; ++k) {
#pragma GCC unroll 16
        for (int c = 0; c < columns; ++c) {
            out[c + k * ldout] += Eigen::internal::predux(sums[k][c]);
        }
    }
}

template <int classes>
void add_some_gradients(const SoftmaxInput& in, Index first, Index count, const double* residuals, Index ld, double* gradient) {
    const Index size = in.cols + 1;
    Index c = 0;
    for (; c + 4 <= in.cols; c += 4) {
        add_some_dots<4, classes>(in.x + first + c * in.ld, count, in.ld, residuals, ld, gradient + c, size);
    }
    for (; c < in.cols; ++c) {
        add_some_dots<1, classes>(in.x + first + c * in.ld, count, in.ld, residuals, ld, gradient + c, size);
    }
    for (int k = 0; k < classes; ++k) {
        Pack sum = zero();
        for (Index i = 0; i < count; i += width) {
            sum = padd(sum, load_some(residuals + i + k * ld, count - i));
        }
        gradient[in.cols + k * size] += Eigen::internal::predux(sum);
    }
}

// Class probabilities of a block in place of its linear predictors; returns the loss.
double softmax_rows(Matrix& z, Index count, const int* labels, const double* weights) {
    double loss = 0;
    auto rows = z.topRows(count);
    const Vector largest = rows.rowwise().maxCoeff();
    Vector at_label(count);
    for (Index i = 0; i < count; ++i) {
        at_label[i] = rows(i, labels[i]) - largest[i];
    }
    rows.colwise() -= largest;
    rows = rows.array().exp();
    const Vector sums = rows.rowwise().sum();
    rows.array().colwise() /= sums.array();
    const Vector logs = sums.array().log();
    for (Index i = 0; i < count; ++i) {
        loss += (weights == nullptr ? 1.0 : weights[i]) * (logs[i] - at_label[i]);
    }
    return loss;
}

// The class probabilities of a block of rows; returns their loss.
double probabilities_of_rows(const SoftmaxInput& in, Index first, Index count, Matrix& p) {
    each_part<classes_together>(in.classes, [&](auto together, Index k) {
        some_predictors<together()>(in, first, count, in.beta + k * (in.cols + 1), p.data() + k * block_rows, block_rows);
    });
    return softmax_rows(p, count, in.labels + first, in.weights == nullptr ? nullptr : in.weights + first);
}

// The blocks k ≥ l of the Hessian: Σ w p_k (δ_kl - p_l) x xᵀ, of which those on the diagonal follow from the others, whose rows sum to zero.
void add_softmax_hessian(const SoftmaxInput& in, Index r, Index count, const Matrix& p, const double* ones, Panels& panels, double* hessian) {
    const Index size = in.cols + 1, all = size * in.classes;
    Vector curvature(count);
    for (Index l = 0; l < in.classes; ++l) {
        for (Index k = l + 1; k < in.classes; ++k) {
            curvature = p.col(k).head(count).cwiseProduct(p.col(l).head(count));
            if (in.weights != nullptr) {
                curvature.array() *= Eigen::Map<const Vector>(in.weights + r, count).array();
            }
            curvature = curvature.cwiseSqrt();
            add_curvature(in.x + r, in.cols, in.ld, curvature.data(), count, ones, panels, hessian + k * size + l * size * all, all);
        }
    }
}

void complete_softmax_hessian(Index size, Index classes, double* hessian) {
    Eigen::Map<Matrix> h(hessian, size * classes, size * classes);
    for (Index l = 0; l < classes; ++l) {
        for (Index k = l + 1; k < classes; ++k) {
            auto block = h.block(k * size, l * size, size, size);
            block.triangularView<Eigen::StrictlyUpper>() = block.transpose();
            h.block(k * size, k * size, size, size) += block;
            h.block(l * size, l * size, size, size) += block;
            block = -block;
            h.block(l * size, k * size, size, size) = block;
        }
    }
}

// w (p - y) in place of the probabilities.
void turn_into_residuals(const SoftmaxInput& in, Index first, Index count, Matrix& z) {
    for (Index k = 0; k < in.classes; ++k) {
        for (Index i = 0; i < count; ++i) {
            const double weight = in.weights == nullptr ? 1.0 : in.weights[first + i];
            z(i, k) = weight * (z(i, k) - (in.labels[first + i] == k ? 1.0 : 0.0));
        }
    }
}

double softmax_pass(const SoftmaxInput& in, double* gradient, double* hessian) {
    const Index size = in.cols + 1;
    Eigen::Map<Matrix>(gradient, size, in.classes).setZero();
    const bool curved = hessian != nullptr;
    if (curved) {
        Eigen::Map<Matrix>(hessian, size * in.classes, size * in.classes).setZero();
    }
    Panels panels(curved ? block_rows : 0, curved ? size : 0);
    const Vector ones = Vector::Ones(block_rows);
    Matrix z(block_rows, in.classes);
    double loss = 0;
    for (Index r = 0; r < in.rows; r += block_rows) {
        const Index count = in.rows - r < block_rows ? in.rows - r : block_rows;
        loss += probabilities_of_rows(in, r, count, z);
        if (curved) {
            add_softmax_hessian(in, r, count, z, ones.data(), panels, hessian);
        }
        turn_into_residuals(in, r, count, z);
        each_part<classes_together / 2>(in.classes, [&](auto together, Index k) {
            add_some_gradients<together()>(in, r, count, z.data() + k * block_rows, block_rows, gradient + k * size);
        });
    }
    if (curved) {
        complete_softmax_hessian(size, in.classes, hessian);
    }
    return loss;
}

void softmax_blocks(const SoftmaxInput& in, double* blocks) {
    const Index size = in.cols + 1;
    Eigen::Map<Matrix>(blocks, size, size * in.classes).setZero();
    Panels panels(block_rows, size);
    const Vector ones = Vector::Ones(block_rows);
    Matrix p(block_rows, in.classes);
    Vector root(block_rows);
    for (Index r = 0; r < in.rows; r += block_rows) {
        const Index count = in.rows - r < block_rows ? in.rows - r : block_rows;
        probabilities_of_rows(in, r, count, p);
        for (Index k = 0; k < in.classes; ++k) {
            const auto of_class = p.col(k).head(count).array();
            root.head(count) = of_class * (1 - of_class);
            if (in.weights != nullptr) {
                root.head(count).array() *= Eigen::Map<const Vector>(in.weights + r, count).array();
            }
            root.head(count) = root.head(count).cwiseSqrt();
            add_curvature(in.x + r, in.cols, in.ld, root.data(), count, ones.data(), panels, blocks + k * size * size, size);
        }
    }
    for (Index k = 0; k < in.classes; ++k) {
        mirror_lower(blocks + k * size * size, size);
    }
}

}  // namespace
}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE
