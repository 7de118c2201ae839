// NumPy arrays and IDX files.
#include "tests/unit/io/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace mlpc::test {
namespace read_arrays_test {

using Type = ColumnType;
using testing::HasSubstr;
using testing::StartsWith;

template <class T>
std::string bytes_of(const std::vector<T>& numbers) {
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T)};
}

std::string npy(const std::string& type, const std::string& shape, const std::string& data, const std::string& fortran = "False") {
    const std::string header = "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
    std::string bytes = "\x93NUMPY";
    bytes += '\1';
    bytes += '\0';
    bytes += static_cast<char>(header.size() & 0xFF);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header + data;
}

TableRequest request_for(const TemporaryFile& file, const std::string& format, std::vector<ColumnRequest> columns = {}) {
    return {.path = file.path(), .format = format, .folder = file.folder(), .columns = std::move(columns), .patterns = {others(Type::Numeric)}};
}
Rows npy_cells(const std::string& content) {
    const TemporaryFile file(content, "x.npy");
    return cells_of(read_table(request_for(file, "npy")).frame);
}
std::string npy_error(const std::string& content) {
    const TemporaryFile file(content, "x.npy");
    return error_of(request_for(file, "npy"));
}

TEST(ReadNpy, EveryTypeOfNumber) {
    EXPECT_EQ(npy_cells(npy("<f8", "(2, 2)", bytes_of<double>({1, 2.5, -3, 4}))), (Rows{{"1", "2.5"}, {"-3", "4"}}));
    EXPECT_EQ(npy_cells(npy("<f8", "(2, 2)", bytes_of<double>({1, 2.5, -3, 4}), "True")), (Rows{{"1", "-3"}, {"2.5", "4"}}));
    EXPECT_EQ(npy_cells(npy("<f4", "(1, 2)", bytes_of<float>({0.5F, -1}))), (Rows{{"0.5", "-1"}}));
    EXPECT_EQ(npy_cells(npy("<f2", "(4,)", std::string("\x00\x3C\x00\xC0\x01\x00\x00\x7E", 8))),
              (Rows{{"1"}, {"-2"}, {"5.960464477539063e-08"}, {"<NA>"}}));
    EXPECT_EQ(npy_cells(npy("<i8", "(2,)", bytes_of<std::int64_t>({-5, 7}))), (Rows{{"-5"}, {"7"}}));
    EXPECT_EQ(npy_cells(npy(">i4", "(2,)", std::string("\xFF\xFF\xFF\xFE\0\0\1\0", 8))), (Rows{{"-2"}, {"256"}}));
    EXPECT_EQ(npy_cells(npy("|u1", "(3,)", "\x01\x02\xFF")), (Rows{{"1"}, {"2"}, {"255"}}));
    EXPECT_EQ(npy_cells(npy("|b1", "(2,)", std::string("\0\1", 2))), (Rows{{"0"}, {"1"}}));
    EXPECT_EQ(npy_cells(npy("|u1", "(1, 2, 2)", "\1\2\3\4")), (Rows{{"1", "2", "3", "4"}}));
}

TEST(ReadNpy, TargetsLieInAnotherFile) {
    const TemporaryFile file(npy("|u1", "(2, 2)", "\1\2\3\4"), "x.npy");
    std::ofstream(file.folder() + "/y.npy", std::ios::binary) << npy("<U2", "(2,)", bytes_of<char32_t>({U'n', U'o', U'é', 0}));
    TableRequest request = request_for(file, "npy", {column("target", Type::Category)});
    request.arguments["y"] = {std::string("y.npy")};
    const LoadedTable table = read_table(request);
    EXPECT_EQ(table.frame.names(), (std::vector<std::string>{"target", "x1", "x2"}));
    EXPECT_EQ(cells_of(table.frame), (Rows{{"no", "1", "2"}, {"é", "3", "4"}}));
    std::ofstream(file.folder() + "/y.npy", std::ios::binary) << npy("|u1", "(2,)", std::string("\7\0", 2));
    EXPECT_EQ(cells_of(read_table(request).frame), (Rows{{"7", "1", "2"}, {"0", "3", "4"}}));
    EXPECT_NE(read_table(request).sha256, table.sha256);
    std::ofstream(file.folder() + "/y.npy", std::ios::binary) << npy("|u1", "(3,)", "\7\1\1");
    EXPECT_THAT(error_of(request), StartsWith("PATH: there are 2 rows of features and 3 targets"));
    request.is_test_file = true;
    EXPECT_THAT(error_of(request), StartsWith("PATH: the targets of a test file must lie in it"));
}

TEST(ReadNpy, DamagedAndHostileFiles) {
    const std::string whole = npy("<f8", "(2, 2)", bytes_of<double>({1, 2, 3, 4}));
    for (std::size_t size = 1; size < whole.size(); ++size) {
        EXPECT_THAT(npy_error(whole.substr(0, size)), StartsWith("PATH: ")) << size;
    }
    EXPECT_THAT(npy_error("a,b\n1,2\n and more of it"), StartsWith("PATH: this is not a NumPy array"));
    EXPECT_THAT(npy_error(npy("<f8", "(4294967295, 4294967295)", "12345678")), HasSubstr("but 8 bytes follow"));
    EXPECT_THAT(npy_error(npy("<f8", "(4294967296, 4294967296)", "12345678")), HasSubstr("but 8 bytes follow"));
    EXPECT_THAT(npy_error(npy("<f8", "(99999999999999999999999,)", "12345678")), HasSubstr("shape is not readable"));
    EXPECT_THAT(npy_error(npy("|u1", "(1, 2000000)", std::string(2'000'000, 'x'))), HasSubstr("more than 1,000,000 columns"));
    EXPECT_THAT(npy_error(npy("|u1", "(0, 3)", "")), HasSubstr("there are no rows"));
    EXPECT_THAT(npy_error(npy("|O", "(1,)", "12345678")), HasSubstr("Python objects, which are programs and not read"));
    EXPECT_THAT(npy_error(npy("<c16", "(1,)", std::string(16, 'x'))), HasSubstr("the array's type `<c16` is not read"));
    EXPECT_THAT(npy_error(npy("<U1", "(1,)", "a\0\0\0")), StartsWith("PATH: "));
    EXPECT_THAT(npy_error(npy("<f8", "(2,)", bytes_of<double>({1, HUGE_VAL}))),
                HasSubstr("column `x1`: `inf` in row 2: not a number; a number must be finite"));
}

TEST(ReadNpy, NumbersOfCategoriesAndRanges) {
    const TemporaryFile file(npy("<f8", "(3, 1)", bytes_of<double>({3, missing_number, 12})), "x.npy");
    TableRequest request = request_for(file, "npy", {optional_column("x1", Type::Category)});
    EXPECT_EQ(cells_of(read_table(request).frame), (Rows{{"3"}, {"<NA>"}, {"12"}}));
    request.columns = {column("x1", Type::Numeric)};
    request.columns[0].range = Interval{0, 10};
    EXPECT_THAT(error_of(request), HasSubstr("`12` in row 3: outside 0..10"));
    EXPECT_THAT(error_of(request), HasSubstr("missing in 1 of 3 rows (first in row 2)"));
}

// A zip archive of stored or deflated members.
std::string zip(const std::vector<std::pair<std::string, std::string>>& members, bool deflated) {
    std::string out, directory;
    const auto put = [](std::string& to, std::uint64_t number, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            to += static_cast<char>(number >> (8 * i));
        }
    };
    for (const auto& [name, content] : members) {
        std::string packed = content;
        if (deflated) {
            z_stream stream{};
            deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
            packed.resize(deflateBound(&stream, content.size()));
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
            stream.avail_in = static_cast<uInt>(content.size());
            stream.next_out = reinterpret_cast<Bytef*>(packed.data());
            stream.avail_out = static_cast<uInt>(packed.size());
            deflate(&stream, Z_FINISH);
            packed.resize(stream.total_out);
            deflateEnd(&stream);
        }
        std::string common;
        put(common, 20, 2);
        put(common, 0, 2);
        put(common, deflated ? 8 : 0, 2);
        put(common, 0, 4);
        put(common, crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())), 4);
        put(common, packed.size(), 4);
        put(common, content.size(), 4);
        put(common, name.size(), 2);
        put(common, 0, 2);
        const std::size_t offset = out.size();
        out += "PK\3\4" + common + name + packed;
        directory += "PK\1\2";
        put(directory, 20, 2);
        directory += common;
        put(directory, 0, 2 + 2 + 2 + 4);
        put(directory, offset, 4);
        directory += name;
    }
    const std::size_t begin = out.size();
    out += directory + "PK\5\6";
    put(out, 0, 4);
    put(out, members.size(), 2);
    put(out, members.size(), 2);
    put(out, directory.size(), 4);
    put(out, begin, 4);
    put(out, 0, 2);
    return out;
}

TEST(ReadNpz, ArraysByName) {
    const std::vector<std::pair<std::string, std::string>> members{{"images.npy", npy("|u1", "(2, 2)", "\1\2\3\4")},
                                                                   {"labels.npy", npy("<i8", "(2,)", bytes_of<std::int64_t>({7, 9}))}};
    for (const bool deflated : {false, true}) {
        const TemporaryFile file(zip(members, deflated), "digits.npz");
        TableRequest request = request_for(file, "npy", {column("target", Type::Category)});
        request.arguments = {{"x", {std::string("images")}}, {"y", {std::string("labels")}}};
        EXPECT_EQ(cells_of(read_table(request).frame), (Rows{{"7", "1", "2"}, {"9", "3", "4"}}));
        request.arguments["x"] = {std::string("image")};
        EXPECT_EQ(error_of(request), "PATH: there is no `image.npy` in the archive; it holds images.npy, labels.npy");
    }
}

TEST(ReadNpz, DamagedArchives) {
    const std::string whole = zip({{"x.npy", npy("|u1", "(40, 2)", std::string(80, '\1'))}}, true);
    const auto error = [](const std::string& content) {
        const TemporaryFile file(content, "x.npz");
        return error_of(request_for(file, "npy"));
    };
    EXPECT_EQ(error(whole), "no error");
    for (std::size_t size = 2; size < whole.size(); ++size) {
        EXPECT_THAT(error(whole.substr(0, size)), StartsWith("PATH: ")) << size;
    }
    std::size_t refused = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string other = whole;
        other[i] = static_cast<char>(other[i] ^ 0x5A);
        refused += error(other) == "no error" ? 0 : 1;
    }
    EXPECT_GT(refused, whole.size() / 2);
}

// --- IDX ----------------------------------------------------------------------------------------------------------
std::string idx(char type, const std::vector<std::uint32_t>& shape, const std::string& data) {
    std::string bytes{'\0', '\0', type, static_cast<char>(shape.size())};
    for (const std::uint32_t size : shape) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes += static_cast<char>(size >> shift);
        }
    }
    return bytes + data;
}

TEST(ReadIdx, PixelsAndTheLabelsBesideThem) {
    const TemporaryFile file(idx(8, {2, 1, 3}, "\1\2\3\4\5\6"), "train-images-idx3-ubyte");
    std::ofstream(file.folder() + "/train-labels-idx1-ubyte", std::ios::binary) << idx(8, {2}, std::string("\x09\x00", 2));
    const TableRequest request = request_for(file, "idx", {column("label", Type::Category)});
    const LoadedTable table = read_table(request);
    EXPECT_EQ(table.frame.names(), (std::vector<std::string>{"pixel_1_1", "pixel_1_2", "pixel_1_3", "label"}));
    EXPECT_EQ(cells_of(table.frame), (Rows{{"1", "2", "3", "9"}, {"4", "5", "6", "0"}}));
    EXPECT_EQ(table.frame.column(0).owner, table.frame.column(2).owner) << "the pixels share one matrix";
    std::ofstream(file.folder() + "/train-labels-idx1-ubyte", std::ios::binary) << idx(8, {3}, "\1\1\1");
    EXPECT_THAT(error_of(request), HasSubstr("there are 3 labels for 2 images"));
}

TEST(ReadIdx, NamedLabelsAreThoseOfTheDatasOwnFile) {
    const TemporaryFile file(idx(8, {1, 1}, "\5"), "t10k-images-idx3-ubyte");
    std::ofstream(file.folder() + "/t10k-labels-idx1-ubyte", std::ios::binary) << idx(8, {1}, "\1");
    std::ofstream(file.folder() + "/train-labels", std::ios::binary) << idx(8, {1}, "\2");
    TableRequest request = request_for(file, "idx", {column("label", Type::Category)});
    request.arguments["labels"] = {std::string("train-labels")};
    EXPECT_EQ(cells_of(read_table(request).frame), (Rows{{"5", "2"}}));
    request.is_test_file = true;
    EXPECT_EQ(cells_of(read_table(request).frame), (Rows{{"5", "1"}}));
}

TEST(ReadIdx, OtherTypes) {
    const auto cells = [](const std::string& content) {
        const TemporaryFile file(content, "x.idx");
        return cells_of(read_table(request_for(file, "idx")).frame);
    };
    EXPECT_EQ(cells(idx(0x0B, {2}, std::string("\xFF\xFE\0\1", 4))), (Rows{{"-2"}, {"1"}}));
    EXPECT_EQ(cells(idx(0x0D, {1, 1}, std::string("\x3F\x80\0\0", 4))), (Rows{{"1"}}));
    EXPECT_EQ(cells(idx(0x08, {1, 1, 1, 2}, "\1\2")), (Rows{{"1", "2"}}));
}

TEST(ReadIdx, DamagedAndHostileFiles) {
    const auto error = [](const std::string& content) {
        const TemporaryFile file(content, "x.idx");
        return error_of(request_for(file, "idx"));
    };
    const std::string whole = idx(8, {2, 2, 2}, "12345678");
    EXPECT_EQ(error(whole), "no error");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_THAT(error(whole.substr(0, size)), StartsWith("PATH: ")) << size;
    }
    EXPECT_THAT(error(whole + "9"), HasSubstr("but 9 bytes follow"));
    EXPECT_THAT(error(idx(8, {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, "1")), HasSubstr("but 1 bytes follow"));
    EXPECT_THAT(error(idx(8, {0x80000000, 0x80000000, 4}, "")), HasSubstr("but 0 bytes follow"));
    EXPECT_THAT(error(idx(8, {0, 0xFFFFFFFF, 0xFFFFFFFF}, "")), HasSubstr("the file has a header and no rows"));
    EXPECT_THAT(error("label,pixel\n1,2\n"), HasSubstr("this is not an IDX file"));
    EXPECT_THAT(error(idx(7, {1}, "1")), HasSubstr("this is not an IDX file"));
}

TEST(ReadIdx, FashionMnist) {
    const std::string path = "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz";
    if (!std::filesystem::exists(path)) {
        GTEST_SKIP() << "Debian's package dataset-fashion-mnist is not installed";
    }
    const LoadedTable table = read_table(
        {.path = path, .format = "idx", .columns = {column("label", Type::Category)}, .patterns = {{"pixel_.*", {.type = Type::Numeric}}}});
    EXPECT_EQ(table.frame.rows(), 60'000U);
    EXPECT_EQ(table.frame.columns(), 785U);
    EXPECT_EQ(table.frame.column(784).levels->size(), 10U);
    double sum = 0;
    for (std::size_t c = 0; c < 784; ++c) {
        sum += table.frame.number(0, c);
    }
    EXPECT_EQ(sum, 76247);  // numpy's, of the first image
    EXPECT_EQ(table.frame.text(0, 784), "9");
}

}  // namespace read_arrays_test
}  // namespace mlpc::test
