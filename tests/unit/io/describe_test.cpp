#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/new_experiment.h"
#include "runtime/io/read.h"
#include "tests/unit/io/temporary_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

namespace mlpc {
namespace describe_test {

// 40 rows of every type.
std::string customers() {
    std::string content = "customer,churned,plan,region,tenure,income,joined,newsletter,notes,constant,Passenger Id,churn score\n";
    for (int i = 0; i < 40; ++i) {
        content += fmt::format("c{},{},{},{},{},{},2024-01-{:02},{},\"note {}, long\",1,{},{}\n", i, i % 4 == 0 ? "yes" : "no",
                               i % 3 == 0 ? "basic" : "pro", i % 2 == 0 ? "north" : "south", i % 30, i % 5 == 0 ? "NA" : std::to_string(1000.5 + i),
                               i % 28 + 1, i % 2 == 0 ? "true" : "false", i, i + 1, i % 7);
    }
    return content;
}

const ColumnDescription& column_of(const TableDescription& table, const std::string& name) {
    for (const ColumnDescription& column : table.columns) {
        if (column.name == name) {
            return column;
        }
    }
    throw std::logic_error("no column " + name);
}

TableDescription describe(const std::string& content, const std::string& name = "table.csv") {
    const TemporaryFile file(content, name);
    TableDescription table = describe_table(file.path());
    table.path = name;
    return table;
}

TEST(Describe, InfersTypes) {
    const TableDescription table = describe(customers());
    EXPECT_EQ(table.rows, 40U);
    const auto type = [&](const std::string& name) { return column_of(table, name).inferred; };
    EXPECT_EQ(type("customer"), ColumnType::Text);
    EXPECT_EQ(type("churned"), ColumnType::Boolean);
    EXPECT_EQ(type("plan"), ColumnType::Category);
    EXPECT_EQ(type("tenure"), ColumnType::Numeric);
    EXPECT_EQ(type("income"), ColumnType::Numeric);
    EXPECT_EQ(type("joined"), ColumnType::Date);
    EXPECT_EQ(type("newsletter"), ColumnType::Boolean);
    EXPECT_EQ(type("notes"), ColumnType::Text);
    EXPECT_TRUE(column_of(table, "customer").looks_like_id);
    EXPECT_TRUE(column_of(table, "Passenger Id").looks_like_id);
    EXPECT_FALSE(column_of(table, "notes").looks_like_id);
    EXPECT_FALSE(column_of(table, "tenure").looks_like_id);
}

TEST(Describe, Statistics) {
    const TableDescription table = describe("x,p\n1,a\n2.5,b\nNaN,a\n-4,a\n1.0,\"NA\"\n,a\n");
    const ColumnDescription& x = column_of(table, "x");
    EXPECT_EQ(x.missing, 2U);
    EXPECT_EQ(x.distinct, 3U);
    EXPECT_EQ(x.low, -4);
    EXPECT_EQ(x.high, 2.5);
    EXPECT_EQ(x.mean, 0.125);
    const ColumnDescription& p = column_of(table, "p");
    EXPECT_EQ(p.missing, 0U);
    EXPECT_EQ(p.top, (std::vector<std::pair<std::string, std::size_t>>{{"a", 4}, {"NA", 1}, {"b", 1}}));
}

TEST(Describe, MarkersOfMissingNumbersInACategoryAreNoticed) {
    std::string content = "c\n";
    for (int i = 0; i < 20; ++i) {
        content += i % 5 == 0 ? "?\n" : "a\n";
    }
    EXPECT_EQ(column_of(describe(content), "c").note, "`?` in 4 rows counts as a value of its own");
}

TEST(Describe, NoneBesideYesIsNoBoolean) {
    EXPECT_EQ(column_of(describe("c\nyes\nnone\nyes\nnone\n"), "c").inferred, ColumnType::Category);
    EXPECT_EQ(column_of(describe("c\nyes\nno\nyes\nnull\n"), "c").inferred, ColumnType::Boolean);
    EXPECT_EQ(column_of(describe("c\nyes\nyes\nyes\nyes\n"), "c").inferred, ColumnType::Category);
    EXPECT_EQ(column_of(describe("c\n0\n1\n1\n0\n"), "c").inferred, ColumnType::Numeric);
}

TEST(Describe, ANoteIsNotCutByLongValues) {
    std::string content = "c\n";
    for (int i = 0; i < 20; ++i) {
        content += i % 5 == 0 ? "?\n" : "a very long level that fills the line number " + std::to_string(i % 2) + "\n";
    }
    EXPECT_NE(to_text(describe(content)).find("…; `?` in 4 rows counts as a value of its own\n"), std::string::npos);
}

TEST(Describe, TabsAreRecognised) {
    EXPECT_EQ(describe("a\tb\n1\t2\n", "x.csv").format, "tsv");
    EXPECT_EQ(describe("a\n1\n", "x.tsv").format, "tsv");
    EXPECT_THROW(describe("a;b\n1;2\n"), RunError);
}

TEST(Describe, OtherSourcesByTheirNames) {
    const TableDescription table = describe("{\"n\": 1.5, \"plan\": \"a\"}\n{\"n\": null, \"plan\": \"a\"}\n", "x.jsonl");
    EXPECT_EQ(table.format, "jsonl");
    EXPECT_EQ(table.rows, 2U);
    EXPECT_EQ(column_of(table, "n").inferred, ColumnType::Numeric);
    EXPECT_EQ(column_of(table, "n").missing, 1U);
    EXPECT_EQ(column_of(table, "n").high, 1.5);
    EXPECT_EQ(column_of(table, "plan").inferred, ColumnType::Category);
    EXPECT_EQ(describe("a 1:2 3:4\nb 2:1\n", "x.libsvm.gz").columns.size(), 4U);
    EXPECT_EQ(describe("@relation r\n@attribute x {a,b}\n@data\na\na\n", "x.ARFF").format, "arff");
}

TEST(Describe, AsATable) {
    EXPECT_EQ(to_text(describe(customers())),
              "table.csv: 40 rows, 12 columns\n"
              "\n"
              "column        type      missing  distinct  values\n"
              "customer      text                     40  \"c0\"; no value occurs twice: an id?\n"
              "churned       boolean                   2  no 75 %, yes 25 %\n"
              "plan          category                  2  pro 65 %, basic 35 %\n"
              "region        category                  2  north 50 %, south 50 %\n"
              "tenure        numeric                  30  0 … 29, mean 12\n"
              "income        numeric    20.0 %        32  1001.5 … 1039.5, mean 1020\n"
              "joined        date                     28  2024-01-01 … 2024-01-28\n"
              "newsletter    boolean                   2  false 50 %, true 50 %\n"
              "notes         text                     40  \"note 0, long\"\n"
              "constant      numeric                   1  1 … 1, mean 1; one value only\n"
              "Passenger Id  numeric                  40  1 … 40, mean 20.5; no value occurs twice: an id?\n"
              "churn score   numeric                   7  0 … 6, mean 2.875\n");
}

TEST(Describe, AThousandColumnsAreSummarised) {
    std::string header = "name", row = "x";
    for (int c = 0; c < 1000; ++c) {
        header += ",a_very_long_name_of_a_measurement_number_" + std::to_string(c);
        row += ",1.25";
    }
    const TableDescription table = describe(header + "\n" + row + "\n" + row + "\n");
    std::istringstream text(to_text(table));
    std::size_t lines = 0;
    std::string line, last;
    while (std::getline(text, line)) {
        EXPECT_LE(decode_utf8(line).size(), 100U) << line;
        last = line;
        ++lines;
    }
    EXPECT_EQ(lines, 54U);
    EXPECT_EQ(last, "… and 951 more columns: 951 numeric");
}

TEST(SchemaBlock, GroupsColumnsByType) {
    EXPECT_EQ(schema_block(describe(customers()), "churned"),
              "{\n"
              "  churned:               category target positive \"yes\"\n"
              "  # no value occurs twice; without `id` it is a feature\n"
              "  customer:              text     id\n"
              "  plan, region:          category\n"
              "  tenure, `churn score`: numeric\n"
              "  income:                numeric  optional\n"
              "  joined:                date\n"
              "  newsletter:            boolean\n"
              "  notes:                 text\n"
              "  # one value only\n"
              "  ignore                 constant\n"
              "  # no value occurs twice; without `id` it is a feature\n"
              "  `Passenger Id`:        numeric  id\n"
              "}\n");
}

TEST(SchemaBlock, NumberedColumnsAreOnePattern) {
    std::string header = "label", first = "a", second = "b";
    for (int c = 0; c < 64; ++c) {
        header += ",pixel_" + std::to_string(c);
        first += "," + std::to_string(c);
        second += ",7.5";
    }
    EXPECT_EQ(schema_block(describe(header + ",s1,s2\n" + first + ",1,x\n" + second + ",2,y\n" + first + ",3,x\n" + second + ",4,y\n"), "label"),
              "{\n"
              "  label:                   category target positive \"b\"\n"
              "  matching \"pixel_[0-9]+\": numeric\n"
              "  s1:                      numeric\n"
              "  s2:                      category\n"
              "}\n");
}

TEST(SchemaBlock, LongListsAreSeveralLines) {
    EXPECT_EQ(schema_block(describe("alpha_measure,beta_measure,gamma_measure,delta_measure\n1,2,3,4\n2,3,4,5\n")),
              "{\n"
              "  alpha_measure, beta_measure:  numeric\n"
              "  gamma_measure, delta_measure: numeric\n"
              "}\n");
}

TEST(SchemaBlock, NamesThatBackquotesCannotHoldAreMatched) {
    EXPECT_EQ(schema_block(describe("\"a`b.c\",\"d\ne\"\n1,2\n2,3\n")),
              "{\n"
              "  matching \"(?s)a.b.c\": numeric\n"
              "  matching \"(?s)d.e\":   numeric\n"
              "}\n");
}

TEST(NewExperiment, Binary) {
    EXPECT_EQ(new_experiment(describe(customers()), "churn", "data/churn.csv", "churned"),
              "edition 1\n"
              "\n"
              "# Written by `mlpc new` from 40 rows and 12 columns. It runs as it is: read it, and change what does not suit.\n"
              "\n"
              "seeds 1..3\n"
              "\n"
              "data churn = csv(\"data/churn.csv\") {\n"
              "  churned:               category target positive \"yes\"\n"
              "  # no value occurs twice; without `id` it is a feature\n"
              "  customer:              text     id\n"
              "  plan, region:          category\n"
              "  tenure, `churn score`: numeric\n"
              "  income:                numeric  optional\n"
              "  joined:                date\n"
              "  newsletter:            boolean\n"
              "  notes:                 text\n"
              "  # one value only\n"
              "  ignore                 constant\n"
              "  # no value occurs twice; without `id` it is a feature\n"
              "  `Passenger Id`:        numeric  id\n"
              "}\n"
              "\n"
              "check churn {\n"
              "  rows >= 36\n"
              "  missing(income) <= 30%\n"
              "  share(churned == \"yes\") in 15%..35%\n"
              "}\n"
              "\n"
              "split churn {\n"
              "  test       20% stratified seed 1\n"
              "  folds      5   stratified\n"
              "  # Of equal rows, the first stays.\n"
              "  duplicates drop\n"
              "}\n"
              "\n"
              "# Columns of texts are not used.\n"
              "pipeline prep {\n"
              "  numeric  -> impute(median) -> scale(standard)\n"
              "  date     -> impute(median) -> scale(standard)\n"
              "  boolean  -> impute(most_frequent)\n"
              "  category -> impute(most_frequent) -> one_hot(rare: 1%)\n"
              "}\n"
              "\n"
              "model logit      = prep -> logistic(C in 1e-3..1e2 log)\n"
              "model forest     = prep -> random_forest(trees: 100, depth in 3..15)\n"
              "model neighbours = prep -> knn(k in 1..10)\n"
              "\n"
              "search best over logit, forest, neighbours {\n"
              "  method   random(trials: 30)\n"
              "  maximize mcc\n"
              "}\n"
              "\n"
              "evaluate best {\n"
              "  metrics accuracy, mcc, roc_auc, confusion\n"
              "}\n"
              "\n"
              "report \"churn.html\"\n"
              "save   best \"churn.mlpm\"\n");
}

TEST(NewExperiment, TargetIsGuessedAndSaidToBe) {
    const std::string rows = "1.5,2,1.25\n2.5,3,2.5\n3.5,2,2.75\n";
    const std::string by_name = new_experiment(describe("a,Outcome,b\n" + rows), "x", "x.csv", "");
    EXPECT_NE(by_name.find("# The target `Outcome` is a guess (by its name): correct it where it is wrong.\ndata x = csv("), std::string::npos)
        << by_name;
    EXPECT_NE(by_name.find("  Outcome: category target positive \"3\"\n"), std::string::npos) << by_name;
    const std::string last = new_experiment(describe("a,b,c\n" + rows), "x", "x.csv", "");
    EXPECT_NE(last.find("# The target `c` is a guess (it is the last column): correct it where it is wrong.\n"), std::string::npos) << last;
    EXPECT_NE(last.find("  c:    numeric target\n"), std::string::npos) << last;
    EXPECT_NE(last.find("minimize rmse"), std::string::npos) << last;
    EXPECT_NE(last.find("metrics rmse, mae, r2"), std::string::npos) << last;
}

TEST(NewExperiment, NamesOfTheFileAreMadeNamesOfTheLanguage) {
    const std::string text = new_experiment(describe("a,c\n1.5,1.25\n2,2.5\n"), "2 big-forests", "x.csv", "c");
    EXPECT_NE(text.find("data data_2_big_forests = csv"), std::string::npos) << text;
    EXPECT_NE(new_experiment(describe("a,c\n1.5,1.25\n2,2.5\n"), "forest", "x.csv", "c").find("data forest_data = csv"), std::string::npos);
}

TEST(NewExperiment, Errors) {
    const auto error_of = [](const std::string& content, const std::string& target) -> std::string {
        try {
            new_experiment(describe(content), "x", "x.csv", target);
        } catch (const RunError& error) {
            return error.what();
        }
        return "no error";
    };
    EXPECT_EQ(error_of("income,b\n1.5,2.5\n2.5,3.5\n", "incme"), "table.csv: there is no column `incme`; did you mean `income`?");
    EXPECT_EQ(error_of("a,b\n1.5,7\n2.5,7\n", "b"), "table.csv: column `b` can't be the target: it holds one value only");
    EXPECT_EQ(error_of("a,b\n1.5,2.5\n2.5,\n3.5,1.5\n", "b"),
              "table.csv: the target `b` is missing in 1 of 3 rows; remove these rows, or choose another target");
    EXPECT_EQ(error_of("a,b\n7,2.5\n7,1.5\n", "b"), "table.csv: no column is left to predict `b` from");
    EXPECT_EQ(error_of("a\n7\n7\n", ""), "table.csv: no column can be a target: each holds one value, free texts, dates, or an id");
}

}  // namespace describe_test
}  // namespace mlpc
