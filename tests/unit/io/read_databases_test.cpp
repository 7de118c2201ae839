// SQLite files, and a PostgreSQL server that is started for the test where Debian's is installed.
#include "tests/unit/io/reading.h"
#include "tests/unit/io/scratch_postgres.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace mlpc::test {
namespace read_databases_test {

using Type = ColumnType;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SqliteFile {
public:
    explicit SqliteFile(const std::string& script) : file_("", "shop.db") {
        sqlite3* database = nullptr;
        sqlite3_open(file_.path().c_str(), &database);
        EXPECT_EQ(sqlite3_exec(database, script.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
        sqlite3_close(database);
    }
    TableRequest request(const std::string& query, std::vector<ColumnRequest> columns) const {
        return {.path = file_.path(), .format = "sqlite", .arguments = {{"query", {query}}}, .columns = std::move(columns)};
    }
    const std::string& path() const { return file_.path(); }

private:
    TemporaryFile file_;
};

const std::string customers =
    "create table customers (id integer, plan text, income real, joined text, photo blob);"
    "insert into customers values (1, 'basic', 10.5, '2024-01-31', x'00'), (2, null, 3, null, null), (3, 'pro', null, '1970-01-02', null);";

TEST(ReadSqlite, CellsAreTypedByTheSchema) {
    const SqliteFile shop(customers);
    const LoadedTable table = read_table(shop.request("select id, plan, income, joined as \"day joined\" from customers order by id desc",
                                                      {column("id", Type::Category), optional_column("plan", Type::Category),
                                                       optional_column("income", Type::Numeric), optional_column("day joined", Type::Date)}));
    EXPECT_EQ(cells_of(table.frame), (Rows{{"3", "pro", "<NA>", "1"}, {"2", "<NA>", "3", "<NA>"}, {"1", "basic", "10.5", "19753"}}));
}

TEST(ReadSqlite, TheHashIsThatOfTheRows) {
    const SqliteFile shop(customers), other(customers + "create table more (x); insert into more values (1);");
    const std::vector<ColumnRequest> id{column("id", Type::Numeric)};
    const auto hash = [&](const SqliteFile& file, const std::string& query) { return read_table(file.request(query, id)).sha256; };
    EXPECT_EQ(hash(shop, "select id from customers order by 1"), hash(other, "select id from customers order by id"));
    EXPECT_NE(hash(shop, "select id from customers order by 1"), hash(shop, "select id from customers order by 1 desc"));
    EXPECT_NE(hash(shop, "select id from customers"), hash(shop, "select cast(id as text) as id from customers"));
}

TEST(ReadSqlite, QueriesThatAreNone) {
    const SqliteFile shop(customers);
    const auto error = [&](const std::string& query) { return error_of(shop.request(query, {column("id", Type::Numeric)})); };
    EXPECT_EQ(error("select id from customer"), "PATH: the query fails: no such table: customer");
    EXPECT_EQ(error("delete from customers"), "PATH: the query must be a `select`, which changes nothing");
    EXPECT_EQ(error("delete from customers returning id"), "PATH: the query must be a `select`, which changes nothing");
    EXPECT_EQ(error(" -- nothing"), "PATH: the query must be a `select`, which changes nothing");
    EXPECT_EQ(error("select id from customers; drop table customers"), "PATH: the query must be one statement");
    EXPECT_EQ(error("select id from customers where id > 9"), "PATH: the query gives no rows");
    EXPECT_EQ(error("select photo as id from customers"),
              "PATH: row 1 of the query, column `id`: the value is a blob and no cell; convert it in the query, or leave the column out");
    EXPECT_EQ(error("select cast(x'ff' as text) as id"), "PATH: row 1 of the query, column `id`: the text is not UTF-8; convert it in the query");
    EXPECT_THAT(error("select 9e999 as id"), HasSubstr("column `id`: `inf` in row 1: not a number; a number must be finite"));
    EXPECT_THAT(error("select id, plan from customers"), StartsWith("PATH: column `plan` is not in the schema"));
}

TEST(ReadSqlite, FilesThatAreNone) {
    const TemporaryFile text("a,b\n1,2\n" + std::string(2000, 'x'), "shop.db");
    const TableRequest request{
        .path = text.path(), .format = "sqlite", .arguments = {{"query", {std::string("select 1 as a")}}}, .columns = {column("a", Type::Numeric)}};
    EXPECT_EQ(error_of(request), "no error");  // a query of no table reads no page
    TableRequest of_table = request;
    of_table.arguments["query"] = {std::string("select a from t")};
    EXPECT_EQ(error_of(of_table), "PATH: this is not an SQLite database");
    of_table.path = text.folder() + "/shop2.db";
    EXPECT_EQ(error_of(of_table), "PATH: there is no such file; did you mean `shop.db`?");
}

// --- PostgreSQL ---------------------------------------------------------------------------------------------------
class ReadPostgres : public testing::Test {
protected:
    static void SetUpTestSuite() { server_ = std::make_unique<ScratchPostgres>(); }
    static void TearDownTestSuite() { server_.reset(); }
    void SetUp() override {
        if (!server_->running()) {
            GTEST_SKIP() << "no PostgreSQL server could be started: " << server_->reason();
        }
    }
    static TableRequest request(const std::string& query, std::vector<ColumnRequest> columns) {
        return {.path = "", .format = "postgres", .arguments = {{"query", {query}}, {"url", {server_->url()}}}, .columns = std::move(columns)};
    }
    static std::unique_ptr<ScratchPostgres> server_;
};
std::unique_ptr<ScratchPostgres> ReadPostgres::server_;

TEST_F(ReadPostgres, CellsAreTypedByTheSchema) {
    const LoadedTable table = read_table(request(
        "select * from (values (1, 'basic', 10.5::numeric, true, date '2024-01-31', timestamptz '1970-01-02 12:00:00+00', 'NaN'::float8), "
        "(2, null, 1e-7, false, null, timestamptz '1970-01-02 01:00:00+01', 0.1::float8)) as t(id, plan, income, active, day, moment, x) order by id "
        "desc",
        {column("id", Type::Category), optional_column("plan", Type::Category), column("income", Type::Numeric), column("active", Type::Boolean),
         optional_column("day", Type::Date), column("moment", Type::Date), optional_column("x", Type::Numeric)}));
    EXPECT_EQ(cells_of(table.frame), (Rows{{"2", "<NA>", "1e-07", "0", "<NA>", "1", "0.1"}, {"1", "basic", "10.5", "1", "19753", "1.5", "<NA>"}}));
    EXPECT_EQ(table.sha256.size(), 64U);
}

TEST_F(ReadPostgres, NothingCanBeChanged) {
    const std::vector<ColumnRequest> id{column("id", Type::Numeric)};
    EXPECT_THAT(error_of(request("create table t (id integer)", id)), HasSubstr("read-only transaction"));
    EXPECT_EQ(error_of(request("set datestyle to german", id)), "postgres: the query must be a `select`, which changes nothing");
    EXPECT_THAT(error_of(request("select 1 as id; select 2 as id", id)), HasSubstr("cannot insert multiple commands"));
    EXPECT_THAT(error_of(request("select id from nowhere", id)),
                StartsWith("postgres: the query fails: ERROR:  relation \"nowhere\" does not exist"));
    EXPECT_THAT(error_of(request("select 1/(2-n) as id from generate_series(1, 3) n", id)), HasSubstr("division by zero"));
    EXPECT_EQ(error_of(request("select 1 as id where false", id)), "postgres: the query gives no rows");
    EXPECT_THAT(error_of(request("select 'Infinity'::float8 as id", id)), HasSubstr("a number must be finite"));
}

TEST_F(ReadPostgres, TheAddressMayComeFromTheEnvironment) {
    TableRequest from_environment = request("select 1 as id", {column("id", Type::Numeric)});
    from_environment.arguments["url"] = {Word{"MLPC_TEST_DATABASE"}};
    ::unsetenv("MLPC_TEST_DATABASE");
    EXPECT_THAT(error_of(from_environment), StartsWith("postgres: the environment variable MLPC_TEST_DATABASE is not set"));
    ::setenv("MLPC_TEST_DATABASE", server_->url().c_str(), 1);
    EXPECT_EQ(error_of(from_environment), "no error");
}

TEST(ReadPostgresAddress, PasswordsAreNotPrinted) {
    TableRequest request{.format = "postgres", .arguments = {{"query", {std::string("select 1 as id")}}}, .columns = {column("id", Type::Numeric)}};
    for (const char* url : {"postgresql://ann:sesame@[::1", "postgresql://ann:sesame@127.0.0.1:1/db", "host=127.0.0.1 port=1 password=sesame",
                            "host='127.0.0.1 password=sesame"}) {
        request.arguments["url"] = {std::string(url)};
        const std::string error = error_of(request);
        EXPECT_THAT(error, StartsWith("postgres: ")) << url;
        EXPECT_THAT(error, Not(HasSubstr("sesame"))) << url;
    }
}

}  // namespace read_databases_test
}  // namespace mlpc::test
