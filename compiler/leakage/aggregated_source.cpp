// L118: an SQL source that aggregates or windows over rows. A heuristic on the query's words: it knows no views and no functions of the user's.
#include "compiler/leakage/rules.h"
#include "compiler/leakage/sql_tokens.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::leakage {

namespace {

constexpr std::string_view aggregates[] = {
    "any_value",
    "array_agg",
    "avg",
    "bit_and",
    "bit_or",
    "bit_xor",
    "bool_and",
    "bool_or",
    "corr",
    "count",
    "covar_pop",
    "covar_samp",
    "every",
    "group_concat",
    "json_agg",
    "json_group_array",
    "json_group_object",
    "json_object_agg",
    "jsonb_agg",
    "jsonb_object_agg",
    "median",
    "mode",
    "percentile_cont",
    "percentile_disc",
    "range_agg",
    "regr_avgx",
    "regr_avgy",
    "regr_count",
    "regr_intercept",
    "regr_r2",
    "regr_slope",
    "regr_sxx",
    "regr_sxy",
    "regr_syy",
    "stddev",
    "stddev_pop",
    "stddev_samp",
    "string_agg",
    "sum",
    "total",
    "var_pop",
    "var_samp",
    "variance",
    "xmlagg",
};

class Query {
public:
    explicit Query(std::string_view text) : tokens_(sql_tokens(text)) {}

    // The first construct that looks at several rows, as it would be written; empty where there is none.
    std::string over_rows() const {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (const std::string found = over_rows_at(i); !found.empty()) {
                return found;
            }
        }
        return "";
    }

private:
    bool is_word(std::size_t i, std::string_view word) const {
        return i < tokens_.size() && tokens_[i].kind == SqlToken::Kind::Word && tokens_[i].text == word;
    }
    bool is_sign(std::size_t i, char sign) const {
        return i < tokens_.size() && tokens_[i].kind == SqlToken::Kind::Sign && tokens_[i].text.front() == sign;
    }

    std::string over_rows_at(std::size_t i) const {
        if (is_word(i, "group") && is_word(i + 1, "by")) {
            return "group by";
        }
        if (is_word(i, "having")) {
            return "having";
        }
        // `a is distinct from b` compares two cells.
        if (is_word(i, "distinct") && !is_word(i + 1, "from")) {
            return "distinct";
        }
        if (is_word(i, "over") && i > 0 && is_sign(i - 1, ')')) {
            return "over";
        }
        const std::string& name = tokens_[i].text;
        if (!is_sign(i + 1, '(')) {
            return "";
        }
        if (std::find(std::begin(aggregates), std::end(aggregates), name) != std::end(aggregates)) {
            return name + "(…)";
        }
        // SQLite's min and max of several values look at one row.
        return (name == "min" || name == "max") && arguments_at(i + 1) == 1 ? name + "(…)" : "";
    }

    std::size_t arguments_at(std::size_t open) const {
        std::size_t depth = 0, count = 1;
        for (std::size_t i = open; i < tokens_.size(); ++i) {
            depth += is_sign(i, '(') ? 1 : 0;
            depth -= is_sign(i, ')') ? 1 : 0;
            if (depth == 0) {
                break;
            }
            count += depth == 1 && is_sign(i, ',') ? 1 : 0;
        }
        return count;
    }

    std::vector<SqlToken> tokens_;
};

}  // namespace

void aggregated_source(const plan::Plan& plan, Diagnostics& diags) {
    for (const DataSpec& data : plan.data) {
        for (const SourceArgument& argument : data.arguments) {
            const auto* query = std::get_if<std::string>(&argument.value.value);
            if (argument.name != "query" || query == nullptr || data.base) {
                continue;
            }
            if (const std::string found = Query(*query).over_rows(); !found.empty()) {
                diags.report(argument.span, diag::AggregatedSource, data.name, found)
                    .help("select the rows as they are, and compute over rows in a pipeline, which is fitted on training rows only");
            }
        }
    }
}

}  // namespace mlpc::leakage
