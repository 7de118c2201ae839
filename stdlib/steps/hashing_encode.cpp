#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <bit>

namespace mlpc {

namespace {

struct HashingEncodeParams {
    std::int64_t columns = 32;
    bool is_signed = true;
};
const Schema<HashingEncodeParams>& hashing_encode_schema() {
    static const Schema<HashingEncodeParams> fields{
        field(&HashingEncodeParams::columns, {.name = "columns",
                                              .doc = "How many columns all levels of all inputs share; levels that fall into the same one add up",
                                              .valid = {.low = 1, .high = 1'000'000},
                                              .search = {.low = 8, .high = 1024, .log = true}}),
        field(&HashingEncodeParams::is_signed, {.name = "signed",
                                                .doc = "A level counts as 1 or as -1, by its hash too, so that levels in one column cancel out "
                                                       "on the average"}),
    };
    return fields;
}

// Appleby's MurmurHash3 (32 bits), which scikit-learn's FeatureHasher uses.
std::uint32_t murmur3(std::string_view text) {
    std::uint32_t hash = 0;
    const auto mix = [](std::uint32_t k) { return std::rotl(k * 0xcc9e2d51U, 15) * 0x1b873593U; };
    std::size_t i = 0;
    for (; i + 4 <= text.size(); i += 4) {
        std::uint32_t block = 0;
        for (std::size_t byte = 4; byte-- > 0;) {
            block = block << 8 | static_cast<unsigned char>(text[i + byte]);
        }
        hash = std::rotl(hash ^ mix(block), 13) * 5 + 0xe6546b64U;
    }
    std::uint32_t tail = 0;
    for (std::size_t byte = text.size(); byte-- > i;) {
        tail = tail << 8 | static_cast<unsigned char>(text[byte]);
    }
    hash ^= mix(tail) ^ static_cast<std::uint32_t>(text.size());
    hash = (hash ^ hash >> 16) * 0x85ebca6bU;
    hash = (hash ^ hash >> 13) * 0xc2b2ae35U;
    return hash ^ hash >> 16;
}

class FittedHashingEncode : public FittedStep {
public:
    FittedHashingEncode() = default;
    FittedHashingEncode(std::vector<std::string> names, HashingEncodeParams params) : names_(std::move(names)), params_(params) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "hashing_encode");
        Matrix cells = Matrix::Zero(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(params_.columns));
        for (std::size_t c = 0; c < names_.size(); ++c) {
            const Levels& levels = *x.column(c).levels;
            std::vector<std::uint32_t> hashes;
            for (const std::string& level : levels) {
                hashes.push_back(murmur3(names_[c] + "=" + level));
            }
            for (std::size_t row = 0; row < x.rows(); ++row) {
                const std::int32_t code = x.code(row, c);
                if (code != missing_code) {
                    add(hashes[static_cast<std::size_t>(code)], cells, static_cast<Eigen::Index>(row));
                }
            }
        }
        std::vector<std::string> outputs;
        for (std::int64_t i = 1; i <= params_.columns; ++i) {
            outputs.push_back("hash" + std::to_string(i));
        }
        return Frame::from_matrix(std::move(cells), outputs);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("outputs", params_.columns);
        a.field("signed", params_.is_signed);
        if (params_.columns < 1) {
            throw RunError("the saved state of `hashing_encode` has no columns to hash into");
        }
    }

private:
    void add(std::uint32_t hash, Matrix& cells, Eigen::Index row) const {
        const auto number = static_cast<std::int64_t>(static_cast<std::int32_t>(hash));
        const bool is_negative = number < 0;
        cells(row, static_cast<Eigen::Index>((is_negative ? -number : number) % params_.columns)) += params_.is_signed && is_negative ? -1 : 1;
    }
    std::vector<std::string> names_;
    HashingEncodeParams params_;
};

class HashingEncode : public Step {
public:
    explicit HashingEncode(HashingEncodeParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedHashingEncode>(x.names(), params_);
    }

private:
    HashingEncodeParams params_;
};

}  // namespace

void add_hashing_encode(Catalog& catalog) {
    ComponentInfo info;
    info.name = "hashing_encode";
    info.kind = ComponentKind::Step;
    info.summary =
        "Gives the levels of categories columns `hash1`, `hash2`, … by a fixed hash of `NAME=LEVEL`: nothing is learned, so that any number of "
        "levels, unseen ones too, fits into the same columns; a missing cell adds nothing";
    info.source = "Weinberger et al.: Feature Hashing for Large Scale Multitask Learning, ICML (2009)";
    info.example = "hashing_encode(columns: 64)";
    info.params = specs_of(hashing_encode_schema());
    info.effect = always(Effect::RowWise);
    info.accepts = types_of({ColumnType::Category, ColumnType::Ordinal, ColumnType::Text});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<HashingEncode>(read_params(hashing_encode_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedHashingEncode>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
