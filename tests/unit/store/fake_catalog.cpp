#include "tests/unit/store/fake_catalog.h"

#include "runtime/core/error.h"

namespace mlpc::test {

namespace {

class Center : public FittedStep {
public:
    Center() = default;
    explicit Center(std::vector<double> means) : means_(std::move(means)) {}
    Frame apply(const Frame& x) const override {
        if (means_.size() != x.columns()) {
            throw RunError("center was fitted on another number of columns");
        }
        const Dense dense(x);
        Matrix cells = dense.matrix();
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            cells.col(c).array() -= means_[static_cast<std::size_t>(c)];
        }
        return Frame::from_matrix(cells, x.names());
    }
    void archive(Archive& a) override { a.field("means", means_); }

private:
    std::vector<double> means_;
};

// A number for each level of each column.
class Encode : public FittedStep {
public:
    Encode() = default;
    explicit Encode(Levels levels) : levels_(std::move(levels)) {}
    Frame apply(const Frame& x) const override {
        if (x.columns() != 1 || holds_numbers(x.column(0).type)) {
            throw RunError("encode takes one column of categories");
        }
        const std::vector<std::int32_t> position = match_levels(x, 0, levels_);
        Matrix cells(x.rows(), 1);
        for (std::size_t row = 0; row < x.rows(); ++row) {
            const std::int32_t code = x.code(row, 0);
            cells(static_cast<Eigen::Index>(row), 0) = code < 0 ? -1 : position[static_cast<std::size_t>(code)];
        }
        return Frame::from_matrix(cells, x.names());
    }
    void archive(Archive& a) override { a.field("levels", levels_); }

private:
    Levels levels_;
};

class LinearModel : public FittedModel {
public:
    LinearModel() = default;
    LinearModel(Vector weights, double intercept) : weights_(std::move(weights)), intercept_(intercept) {}
    Prediction predict(const Frame& x) const override {
        if (static_cast<std::size_t>(weights_.size()) != x.columns()) {
            throw RunError("the model was fitted on another number of columns");
        }
        Prediction prediction;
        prediction.values = (Dense(x).matrix() * weights_).array() + intercept_;
        return prediction;
    }
    void archive(Archive& a) override {
        a.field("weights", weights_);
        a.field("intercept", intercept_);
    }

private:
    Vector weights_;
    double intercept_ = 0;
};

class SignModel : public FittedModel {
public:
    SignModel() = default;
    SignModel(LinearModel line, Levels classes) : line_(std::move(line)), classes_(std::move(classes)) {}
    Prediction predict(const Frame& x) const override {
        if (classes_.size() != 2) {
            throw RunError("the model has not two classes");
        }
        const Vector values = line_.predict(x).values;
        Prediction prediction;
        prediction.task = Task::Binary;
        prediction.classes = std::make_shared<const Levels>(classes_);
        prediction.probabilities.resize(values.size(), 2);
        prediction.probabilities.col(1) = (1 + (-values.array()).exp()).inverse();
        prediction.probabilities.col(0) = 1 - prediction.probabilities.col(1).array();
        return prediction;
    }
    void archive(Archive& a) override {
        line_.archive(a);
        a.field("classes", classes_);
    }

private:
    LinearModel line_;
    Levels classes_;
};

template <class T>
ComponentInfo component(const std::string& name, ComponentKind kind) {
    ComponentInfo info;
    info.name = name;
    info.kind = kind;
    info.summary = "A component of the tests";
    if constexpr (std::is_base_of_v<FittedStep, T>) {
        info.blank_step = [] { return std::make_unique<T>(); };
    } else {
        info.blank_model = [] { return std::make_unique<T>(); };
    }
    return info;
}

Vector weights() { return Vector{{0.1, -1.0 / 3, 1e-17}}; }

FittedPipeline pipeline_with(const std::string& component, std::shared_ptr<FittedModel> model) {
    using Kind = FittedPipeline::Node::Kind;
    FittedPipeline pipeline;
    pipeline.nodes = {{.kind = Kind::Input, .inputs = {}, .columns = {}, .component = "", .step = nullptr, .model = nullptr},
                      {.kind = Kind::Select, .inputs = {0}, .columns = {"income", "age"}, .component = "", .step = nullptr, .model = nullptr},
                      {.kind = Kind::Apply,
                       .inputs = {1},
                       .columns = {},
                       .component = "center",
                       .step = std::make_shared<Center>(std::vector{1234.5, 1.0 / 3}),
                       .model = nullptr},
                      {.kind = Kind::Select, .inputs = {0}, .columns = {"plan"}, .component = "", .step = nullptr, .model = nullptr},
                      {.kind = Kind::Apply,
                       .inputs = {3},
                       .columns = {},
                       .component = "encode",
                       .step = std::make_shared<Encode>(Levels{"basic", "gold"}),
                       .model = nullptr},
                      {.kind = Kind::Concatenate, .inputs = {2, 4}, .columns = {}, .component = "", .step = nullptr, .model = nullptr},
                      {.kind = Kind::Predict, .inputs = {5}, .columns = {}, .component = component, .step = nullptr, .model = std::move(model)}};
    pipeline.schema = {{.name = "id", .type = ColumnType::Text},
                       {.name = "plan", .type = ColumnType::Category, .allowed = {"basic", "gold"}},
                       {.name = "income", .optional = true, .range = Interval{0, std::numeric_limits<double>::infinity()}},
                       {.name = "age", .range = Interval{0, 120.5}},
                       {.name = "target"}};
    pipeline.target = "target";
    pipeline.provenance = R"({"file":"churn.mlp"})";
    return pipeline;
}

}  // namespace

const Catalog& fake_catalog() {
    static const Catalog catalog = [] {
        Catalog c;
        c.add(component<Center>("center", ComponentKind::Step));
        c.add(component<Encode>("encode", ComponentKind::Step));
        c.add(component<LinearModel>("line", ComponentKind::Model));
        c.add(component<SignModel>("sign", ComponentKind::Model));
        return c;
    }();
    return catalog;
}

FittedPipeline regression_pipeline() { return pipeline_with("line", std::make_shared<LinearModel>(weights(), 0.7)); }

FittedPipeline classification_pipeline() {
    return pipeline_with("sign", std::make_shared<SignModel>(LinearModel(weights(), 0.7), Levels{"no", "yes, \"of course\""}));
}

Frame raw_rows() {
    return Frame({Column::of_numbers("age", {33, 47.25, 61}), Column::of_texts("plan", {"gold", "basic", "unseen"}),
                  Column::of_numbers("income", {1250, 1111.125, 1234}), Column::of_numbers("shoe size", {39, 40, 41})},
                 3);
}

}  // namespace mlpc::test
