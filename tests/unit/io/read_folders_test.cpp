// Folders of images and texts; Parquet files, where DuckDB's library is there to write and read one.
#include "runtime/io/duckdb_library.h"
#include "runtime/io/image.h"
#include "tests/unit/io/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <jpeglib.h>

namespace mlpc::test {
namespace read_folders_test {

namespace fs = std::filesystem;
using Type = ColumnType;
using testing::HasSubstr;
using testing::StartsWith;

std::string png(std::size_t height, std::size_t width, std::size_t channels, const std::vector<std::uint8_t>& values) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = channels == 1 ? PNG_FORMAT_GRAY : channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, values.data(), 0, nullptr);
    std::string bytes(size, '\0');
    png_image_write_to_memory(&image, bytes.data(), &size, 0, values.data(), 0, nullptr);
    return bytes;
}

std::string jpeg(unsigned height, unsigned width, std::uint8_t value) {
    jpeg_compress_struct encoder{};
    jpeg_error_mgr errors;
    encoder.err = jpeg_std_error(&errors);
    jpeg_create_compress(&encoder);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&encoder, &bytes, &size);
    encoder.image_width = width;
    encoder.image_height = height;
    encoder.input_components = 1;
    encoder.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&encoder);
    jpeg_start_compress(&encoder, TRUE);
    std::vector<std::uint8_t> line(width, value);
    for (unsigned row = 0; row < height; ++row) {
        JSAMPROW at = line.data();
        jpeg_write_scanlines(&encoder, &at, 1);
    }
    jpeg_finish_compress(&encoder);
    std::string out(reinterpret_cast<char*>(bytes), size);
    jpeg_destroy_compress(&encoder);
    std::free(bytes);
    return out;
}

class Folder {
public:
    explicit Folder(std::string format) : root_("", "unused"), format_(std::move(format)) { fs::create_directories(path()); }
    std::string path() const { return root_.folder() + "/data"; }
    void write(const std::string& name, const std::string& content) const {
        fs::create_directories(fs::path(path() + "/" + name).parent_path());
        std::ofstream(path() + "/" + name, std::ios::binary) << content;
    }
    TableRequest request(std::vector<ColumnRequest> columns = {column("label", Type::Category)}) const {
        return {.path = path(), .format = format_, .columns = std::move(columns), .patterns = {{"pixel_.*", {.type = Type::Numeric}}}};
    }

private:
    TemporaryFile root_;
    std::string format_;
};

TEST(ReadImages, AFolderAClass) {
    const Folder folder("images");
    folder.write("dog/2.png", png(1, 2, 1, {1, 2}));
    folder.write("cat/b.PNG", png(1, 2, 1, {3, 4}));
    folder.write("cat/a.jpg", jpeg(1, 2, 200));
    folder.write("cat/notes.txt", "not an image");
    folder.write(".git/x.png", "hidden");
    folder.write("readme.png", "of no class");
    TableRequest request = folder.request();
    EXPECT_EQ(cells_of(read_table(request).frame), (Rows{{"cat", "200", "200"}, {"cat", "3", "4"}, {"dog", "1", "2"}}));
    request.columns.push_back(column("file", Type::Text));
    EXPECT_EQ(read_table(request).frame.names(), (std::vector<std::string>{"label", "file", "pixel_1_1", "pixel_1_2"}));
    EXPECT_EQ(read_table(request).frame.text(1, 1), "cat/b.PNG");
    const std::string before = read_table(request).sha256;
    folder.write("dog/2.png", png(1, 2, 1, {1, 3}));
    EXPECT_NE(read_table(request).sha256, before);
}

TEST(ReadImages, OneColouredImageMakesAllColoured) {
    const Folder folder("images");
    folder.write("a/1.png", png(1, 1, 1, {7}));
    folder.write("a/2.png", png(1, 1, 3, {1, 2, 3}));
    folder.write("b/3.png", png(1, 1, 4, {10, 20, 30, 0}));
    const Frame frame = read_table(folder.request()).frame;
    EXPECT_EQ(frame.names(), (std::vector<std::string>{"label", "pixel_1_1_1", "pixel_1_1_2", "pixel_1_1_3"}));
    EXPECT_EQ(cells_of(frame), (Rows{{"a", "7", "7", "7"}, {"a", "1", "2", "3"}, {"b", "0", "0", "0"}}));
}

TEST(ReadImages, SizesMustAgreeOrBeAskedFor) {
    const Folder folder("images");
    folder.write("a/1.png", png(2, 2, 1, {0, 100, 100, 200}));
    folder.write("b/2.png", png(1, 2, 1, {10, 20}));
    TableRequest request = folder.request();
    EXPECT_EQ(error_of(request), "PATH/b/2.png: the image is 1 × 2 pixels (height × width), and " + folder.path() +
                                     "/a/1.png is 2 × 2; bring all to one size with `size: [2, 2]`");
    const auto sized = [&](std::int64_t height, std::int64_t width) {
        request.arguments["size"] = {std::vector<ParamValue>{{height}, {width}}};
        return request;
    };
    EXPECT_EQ(cells_of(read_table(sized(1, 1)).frame), (Rows{{"a", "100"}, {"b", "15"}}));
    EXPECT_EQ(cells_of(read_table(sized(2, 1)).frame), (Rows{{"a", "50", "150"}, {"b", "15", "15"}}));
    EXPECT_THAT(error_of(sized(0, 1)), HasSubstr("`size` is the height and the width in pixels"));
    EXPECT_THAT(error_of(sized(10'000, 10'000)), HasSubstr("more than can be read"));
}

TEST(ReadImages, ResizingKeepsTheMean) {
    Image image{.size = {5, 7}, .channels = 1, .values = {}};
    for (int i = 0; i < 35; ++i) {
        image.values.push_back(static_cast<std::uint8_t>(i * 7 % 256));
    }
    double before = 0;
    for (const std::uint8_t value : image.values) {
        before += value / 35.0;
    }
    for (const ImageSize size : {ImageSize{1, 1}, ImageSize{3, 4}, ImageSize{10, 14}, ImageSize{4, 11}}) {
        const Image other = resized(image, size);
        double after = 0;
        for (const std::uint8_t value : other.values) {
            after += value / static_cast<double>(other.values.size());
        }
        EXPECT_NEAR(after, before, 0.5);
    }
    EXPECT_EQ(resized(image, {5, 7}).values, image.values);
}

TEST(ReadImages, DamagedImagesAreNamed) {
    const Folder folder("images");
    const std::string whole_png = png(8, 8, 1, std::vector<std::uint8_t>(64, 9)), whole_jpeg = jpeg(16, 16, 90);
    for (const auto& [name, whole] : {std::pair("a/1.png", whole_png), std::pair("a/1.jpg", whole_jpeg)}) {
        constexpr std::size_t end_marker = 20;  // without it the pixels are whole
        for (std::size_t size = 0; size + end_marker < whole.size(); size += 3) {
            folder.write(name, whole.substr(0, size));
            EXPECT_THAT(error_of(folder.request()), StartsWith("PATH/" + std::string(name) + ": ")) << size;
        }
        folder.write(name, whole);
    }
    std::string huge = whole_png;
    huge.replace(16, 8, std::string("\x00\x00\xFF\xFF\x00\x00\xFF\xFF", 8));
    folder.write("a/1.png", huge);
    EXPECT_THAT(error_of(folder.request()), StartsWith("PATH/a/1.png: the "));
    folder.write("a/1.png", "GIF89a and more");
    EXPECT_EQ(error_of(folder.request()), "PATH/a/1.png: this is neither a PNG nor a JPEG image");
}

TEST(ReadFolders, FoldersThatAreNone) {
    const Folder folder("images");
    EXPECT_EQ(error_of(folder.request()), "PATH: there are no files .png, .jpg, .jpeg in folders below it; each class needs a folder with its name");
    TableRequest absent = folder.request();
    absent.path += "s";
    EXPECT_EQ(error_of(absent), "PATH: there is no such folder; it must hold a folder for each class");
}

TEST(ReadTexts, AFolderAClass) {
    const Folder folder("texts");
    folder.write("spam/1.txt", "Buy\nnow, \"cheap\"");
    folder.write("ham/2", "\xEF\xBB\xBFHello");
    folder.write("ham/deeper/1.txt", "NA");
    const TableRequest request = folder.request({column("label", Type::Category), column("text", Type::Text)});
    TableRequest plain = request;
    plain.patterns = {};
    EXPECT_EQ(cells_of(read_table(plain).frame), (Rows{{"ham", "Hello"}, {"ham", "NA"}, {"spam", "Buy\nnow, \"cheap\""}}));
    plain.columns.push_back(column("file", Type::Text));
    EXPECT_EQ(read_table(plain).frame.text(1, 1), "ham/deeper/1.txt");
    folder.write("spam/2.txt", "\xFF\xFE\x01");
    EXPECT_THAT(error_of(plain), StartsWith("PATH/spam/2.txt: "));
}

// --- Parquet ------------------------------------------------------------------------------------------------------
class ReadParquet : public testing::Test {
protected:
    void SetUp() override {
        try {
            library_ = &duckdb_library("test");
        } catch (const RunError& error) {
            GTEST_SKIP() << error.what();
        }
    }
    std::string write(const TemporaryFile& folder, const std::string& query) const {
        const std::string path = folder.folder() + "/t.parquet";
        void *database = nullptr, *connection = nullptr;
        DuckDbResult result{};
        library_->open(nullptr, &database);
        library_->connect(database, &connection);
        EXPECT_EQ(library_->query(connection, ("copy (" + query + ") to '" + path + "' (format parquet)").c_str(), &result), 0)
            << library_->result_error(&result);
        library_->destroy_result(&result);
        library_->disconnect(&connection);
        library_->close(&database);
        return path;
    }
    const DuckDbLibrary* library_ = nullptr;
};

TEST_F(ReadParquet, CellsAreTypedByTheSchema) {
    const TemporaryFile folder("", "unused");
    const std::string path = write(folder,
                                   "select * from (values (9007199254740993::bigint, 'basic', 1.5::double, true, date '2024-01-31', timestamp "
                                   "'1970-01-02 12:00:00', 2.25::decimal(5,2)), "
                                   "(7, null, null, false, null, timestamp '1970-01-01 00:00:00', 3), (8, 'a plan with a long name', 3, true, null, "
                                   "timestamp '1970-01-01 06:00:00', 4)) "
                                   "t(id, plan, income, active, day, moment, \"a price\")");
    const TableRequest request{.path = path,
                               .format = "parquet",
                               .columns = {column("id", Type::Category), optional_column("plan", Type::Category),
                                           optional_column("income", Type::Numeric), column("active", Type::Boolean),
                                           optional_column("day", Type::Date), column("moment", Type::Date), column("a price", Type::Numeric)}};
    EXPECT_EQ(cells_of(read_table(request).frame), (Rows{{"9007199254740993", "basic", "1.5", "1", "19753", "1.5", "2.25"},
                                                         {"7", "<NA>", "<NA>", "0", "<NA>", "0", "3"},
                                                         {"8", "a plan with a long name", "3", "1", "<NA>", "0.25", "4"}}));
}

TEST_F(ReadParquet, ManyRowsKeepTheirOrder) {
    const TemporaryFile folder("", "unused");
    const std::string path = write(folder, "select range as x, 'level ' || (range % 7) as c from range(200000)");
    const Frame frame = read_table({.path = path, .format = "parquet", .columns = {column("x", Type::Numeric), column("c", Type::Category)}}).frame;
    ASSERT_EQ(frame.rows(), 200'000U);
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        ASSERT_EQ(frame.number(row, 0), static_cast<double>(row));
        ASSERT_EQ(frame.text(row, 1), "level " + std::to_string(row % 7));
    }
}

TEST_F(ReadParquet, FilesThatAreNone) {
    const TemporaryFile text("a,b\n1,2\n", "t.parquet");
    TableRequest request{.path = text.path(), .format = "parquet", .columns = {column("a", Type::Numeric)}};
    EXPECT_THAT(error_of(request), StartsWith("PATH: DuckDB can't read the file: "));
    request.path += "s";
    EXPECT_EQ(error_of(request), "PATH: there is no such file; did you mean `t.parquet`?");
}

}  // namespace read_folders_test
}  // namespace mlpc::test
