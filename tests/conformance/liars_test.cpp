// Components that break their word, planted to see that the checks tell.
#include "tests/conformance/checks.h"

#include <gtest/gtest.h>

namespace mlpc::conformance {
namespace {

class Shift : public FittedStep {
public:
    explicit Shift(double by = 0) : by_(by) {}
    Frame apply(const Frame& x) const override {
        Matrix cells = Dense(x).matrix();
        cells.array() -= by_;
        return Frame::from_matrix(std::move(cells), x.names());
    }
    void archive(Archive& a) override { a.field("by", by_); }

private:
    double by_;
};

template <class Learn>
class Lying : public Step {
public:
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target* y, FitContext& context) const override {
        return std::make_unique<Shift>(Learn{}(x, y, context));
    }
};

template <class Learn>
ComponentInfo lying(Effect declared, Learn) {
    ComponentInfo info;
    info.name = "liar";
    info.accepts = number_types;
    info.effect = always(declared);
    info.make_step = [](const ParamValues&, const std::vector<NamedExpression>&) { return std::make_unique<Lying<Learn>>(); };
    info.blank_step = [] { return std::make_unique<Shift>(); };
    return info;
}

Failures effect_failures(const ComponentInfo& info) {
    return check_declared_effect({.info = &info, .params = {}}, make_probe(Family::Signed, Gaps::None, Task::Binary));
}

bool mentions(const Failures& failures, const std::string& words) {
    for (const std::string& failure : failures) {
        if (failure.find(words) != std::string::npos) {
            return true;
        }
    }
    return false;
}

constexpr auto learn_mean = [](const Frame& x, const Target*, FitContext&) { return Dense(x).matrix().mean(); };
constexpr auto learn_nothing = [](const Frame&, const Target*, FitContext&) { return 1.0; };
constexpr auto peek_at_target = [](const Frame&, const Target* y, FitContext&) {
    return y ? static_cast<double>(y->labels.at(5) + 2 * y->labels.at(7) + 4 * y->labels.at(9)) : 0.0;
};
// A cell of the first row of the table that the view leaves out.
constexpr auto look_beside = [](const Frame& x, const Target*, FitContext&) {
    std::size_t row = 0;
    while (x.row_index() && row < x.rows() && (*x.row_index())[row] == row) {
        ++row;
    }
    return x.column(0).numbers[row];
};
constexpr auto roll_dice = [](const Frame&, const Target*, FitContext& context) { return context.rng.uniform(); };

TEST(LiarTest, HonestStepsPass) {
    EXPECT_EQ(effect_failures(lying(Effect::RowWise, learn_nothing)), Failures{});
    EXPECT_EQ(effect_failures(lying(Effect::Learned, learn_mean)), Failures{});
    EXPECT_EQ(effect_failures(lying(Effect::Supervised, peek_at_target)), Failures{});
}

TEST(LiarTest, OneThatIsDeclaredRowWiseAndLearnsIsFound) {
    EXPECT_TRUE(mentions(effect_failures(lying(Effect::RowWise, learn_mean)), "declared row-wise"));
}

TEST(LiarTest, OneThatIsDeclaredLearnedAndPeeksAtTheTargetIsFound) {
    EXPECT_TRUE(mentions(effect_failures(lying(Effect::Learned, peek_at_target)), "not declared supervised"));
}

TEST(LiarTest, OneThatReadsRowsItIsNotGivenIsFound) {
    EXPECT_TRUE(mentions(effect_failures(lying(Effect::Learned, look_beside)), "rows that it is not given"));
}

TEST(LiarTest, OneThatDrawsAndDoesNotSaySoIsFound) {
    const ComponentInfo info = lying(Effect::Learned, roll_dice);
    const Failures failures = check_repeatable({.info = &info, .params = {}}, make_probe(Family::Signed, Gaps::None, Task::Binary));
    EXPECT_TRUE(mentions(failures, "random numbers"));
}

// Learns the order in which levels stand in the table's dictionary, which held-out rows decide.
class DictionaryReader : public Step {
public:
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override { return std::make_unique<Shift>(x.code(0, 0)); }
};

TEST(LiarTest, OneThatLearnsTheOrderOfTheDictionaryIsFound) {
    ComponentInfo info = lying(Effect::Learned, learn_nothing);
    info.accepts = any_type;
    info.make_step = [](const ParamValues&, const std::vector<NamedExpression>&) { return std::make_unique<DictionaryReader>(); };
    const Failures failures = check_declared_effect({.info = &info, .params = {}}, make_probe(Family::Coded, Gaps::None, Task::Binary));
    EXPECT_TRUE(mentions(failures, "rows that it is not given"));
}

// Centres each batch by itself.
class BatchCentred : public FittedStep {
public:
    Frame apply(const Frame& x) const override {
        Matrix cells = Dense(x).matrix();
        cells.array() -= cells.mean();
        return Frame::from_matrix(std::move(cells), x.names());
    }
    void archive(Archive&) override {}
};
class BatchCentring : public Step {
public:
    std::unique_ptr<FittedStep> fit(const Frame&, const Target*, FitContext&) const override { return std::make_unique<BatchCentred>(); }
};

TEST(LiarTest, OneWhoseRowsDependOnEachOtherIsFound) {
    ComponentInfo info = lying(Effect::Learned, learn_nothing);
    info.make_step = [](const ParamValues&, const std::vector<NamedExpression>&) { return std::make_unique<BatchCentring>(); };
    const Failures failures = check_rows_alone({.info = &info, .params = {}}, make_probe(Family::Signed, Gaps::None, Task::Binary));
    EXPECT_TRUE(mentions(failures, "the rows beside it"));
}

// Encodes the rows that it is fitted on by their own targets.
class Echo : public Resampler {
public:
    Sample resample(const Frame& x, const Target& y, FitContext&) const override {
        Matrix cells = Dense(x).matrix();
        for (Eigen::Index row = 0; row < cells.rows(); ++row) {
            cells(row, 0) += y.labels[static_cast<std::size_t>(row)];
        }
        return {.x = Frame::from_matrix(std::move(cells), x.names()), .y = y};
    }
};

TEST(LiarTest, OneThatIsCrossFittedAndEncodesByItsOwnTargetIsFound) {
    ComponentInfo info = lying(Effect::Supervised, learn_nothing);
    info.make_resampler = [](const ParamValues&) { return std::make_unique<Echo>(); };
    const Failures failures = check_cross_fitted({.info = &info, .params = {}}, make_probe(Family::Signed, Gaps::None, Task::Binary));
    EXPECT_TRUE(mentions(failures, "depends on its own target"));
}

// Counts its epochs; one that goes on begins again.
class Counted : public FittedModel {
public:
    explicit Counted(std::int64_t epochs) : epochs_(epochs) {}
    Prediction predict(const Frame&) const override { return {}; }
    void archive(Archive& a) override { a.field("epochs", epochs_); }

    std::int64_t epochs_;
};
enum class Memory { Keeps, Forgets };
class Counting : public Model {
public:
    Counting(std::int64_t epochs, Memory memory) : epochs_(epochs), memory_(memory) {}
    std::unique_ptr<FittedModel> fit(const Frame&, const Target&, FitContext&) const override { return std::make_unique<Counted>(epochs_); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame&, const Target&, FitContext&) const override {
        const std::int64_t done = dynamic_cast<const Counted&>(state).epochs_;
        return std::make_unique<Counted>(memory_ == Memory::Keeps ? epochs_ : epochs_ - done);
    }

private:
    std::int64_t epochs_;
    Memory memory_;
};

Failures growth_failures(Memory memory) {
    ComponentInfo info;
    info.name = "counting";
    info.kind = ComponentKind::Model;
    info.params = {{.name = "epochs", .doc = "", .resource = true}};
    info.make_model = [memory](const ParamValues& values) { return std::make_unique<Counting>(std::get<std::int64_t>(values.at(0).value), memory); };
    info.blank_model = [] { return std::make_unique<Counted>(0); };
    return check_growth({.info = &info, .params = info.default_params()}, make_probe(Family::Signed, Gaps::None, Task::Binary));
}

TEST(LiarTest, OneThatForgetsWhereItGoesOnFromIsFound) {
    EXPECT_EQ(growth_failures(Memory::Keeps), Failures{});
    EXPECT_TRUE(mentions(growth_failures(Memory::Forgets), "is not what fitting gives"));
}

}  // namespace
}  // namespace mlpc::conformance
