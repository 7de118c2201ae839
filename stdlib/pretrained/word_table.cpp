#include "stdlib/pretrained/word_table.h"

#include "runtime/core/error.h"

#include <fmt/format.h>
#include <zlib.h>

#include <charconv>
#include <cmath>
#include <memory>

namespace mlpc::pretrained {

namespace {

constexpr std::size_t longest_line = 1 << 20;
constexpr std::size_t most_numbers = std::size_t{4} << 30;  // 16 GB

}  // namespace

// The lines of a file, unpacked where it is compressed.
class WordTableLines {
public:
    explicit WordTableLines(const std::string& path) : path_(path), file_(gzopen(path.c_str(), "rb")), buffer_(1 << 18) {
        if (file_ == nullptr) {
            throw RunError(fmt::format("`{}` can't be read", path));
        }
        gzbuffer(file_.get(), 1 << 18);
    }
    bool next(std::string& line) {
        line.clear();
        for (;;) {
            if (at_ == size_ && !fill()) {
                return !line.empty();
            }
            const std::string_view rest(buffer_.data() + at_, size_ - at_);
            const std::size_t end = rest.find('\n');
            line += rest.substr(0, end);
            at_ += std::min(end, rest.size() - 1) + 1;
            if (line.size() > longest_line) {
                throw RunError(fmt::format("`{}` has a line of more than {} bytes: it holds no vectors of words as text", path_, longest_line));
            }
            if (end != std::string_view::npos) {
                return true;
            }
        }
    }

private:
    bool fill() {
        const int count = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
        int code = Z_OK;
        const char* what = gzerror(file_.get(), &code);
        // A stream that ends too early gives what there is of it, and only then says so.
        if (count < 0 || code == Z_BUF_ERROR || code == Z_DATA_ERROR) {
            throw RunError(fmt::format("`{}` is damaged or truncated ({})", path_, what));
        }
        at_ = 0;
        size_ = static_cast<std::size_t>(count);
        return count > 0;
    }

    struct Close {
        void operator()(gzFile file) const { gzclose(file); }
    };
    std::string path_;
    std::unique_ptr<gzFile_s, Close> file_;
    std::vector<char> buffer_;
    std::size_t at_ = 0, size_ = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The line without its last field, which goes to `field`; false where there is none before it.
bool take_last(std::string_view& line, std::string_view& field) {
    while (!line.empty() && is_blank(line.back())) {
        line.remove_suffix(1);
    }
    std::size_t begin = line.size();
    while (begin > 0 && !is_blank(line[begin - 1])) {
        --begin;
    }
    field = line.substr(begin);
    line = line.substr(0, begin);
    return begin > 0;
}

bool parse(std::string_view field, float& number) {
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
    return error == std::errc() && end == field.data() + field.size() && std::isfinite(number);
}

std::size_t count_fields(std::string_view line) {
    std::size_t count = 0;
    for (std::string_view field; !line.empty(); ++count) {
        take_last(line, field);
    }
    return count;
}

class WordTableReader {
public:
    explicit WordTableReader(const std::string& path) : path_(path), lines_(path) {}

    WordTable read() {
        std::string line;
        if (!next(line)) {
            refuse("it is empty");
        }
        const std::size_t fields = count_fields(line);
        std::size_t announced = 0;
        if (fields == 2) {
            announced = read_header(line);
        } else if (fields < 2) {
            refuse("the line has no numbers");
        } else {
            table_.width_ = fields - 1;
            add(line);
        }
        while (next(line)) {
            add(line);
        }
        if (table_.rows_.empty() || (announced != 0 && announced != read_)) {
            refuse(fmt::format("its first line announces {} words, and it has {}: is the file complete", announced, read_));
        }
        return std::move(table_);
    }

private:
    [[noreturn]] void refuse(const std::string& what) const {
        throw RunError(
            fmt::format("`{}`, line {}: {}; vectors of words are read from lines with a word and its numbers, apart by blanks", path_, line_, what));
    }
    bool next(std::string& line) {
        ++line_;
        return lines_.next(line);
    }
    std::size_t read_header(std::string_view line) {
        std::string_view words, width;
        take_last(line, width);
        take_last(line, words);
        const auto whole = [&](std::string_view field) {
            std::size_t number = 0;
            const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number);
            if (error != std::errc() || end != field.data() + field.size() || number == 0) {
                refuse(fmt::format("`{}` is no count of words or of numbers", field));
            }
            return number;
        };
        table_.width_ = whole(width);
        return whole(words);
    }
    // The word is what stands before the last numbers: some have blanks of their own.
    void add(std::string_view line) {
        ++read_;
        if (table_.width_ > longest_line || table_.numbers_.size() + table_.width_ > most_numbers) {
            refuse("it has more numbers than are read");
        }
        const std::size_t row = table_.numbers_.size() / table_.width_;
        table_.numbers_.resize(table_.numbers_.size() + table_.width_);
        for (std::size_t i = table_.width_; i > 0; --i) {
            std::string_view field;
            if (!take_last(line, field) || !parse(field, table_.numbers_[row * table_.width_ + i - 1])) {
                refuse(fmt::format("number {} of {} is `{}`", i, table_.width_, field));
            }
        }
        while (!line.empty() && is_blank(line.back())) {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            refuse("there are numbers but no word");
        }
        // Published files repeat some words; the first, more frequent one counts.
        if (!table_.rows_.try_emplace(std::string(line), row).second) {
            table_.numbers_.resize(row * table_.width_);
        }
    }

    std::string path_;
    WordTableLines lines_;
    std::size_t line_ = 0, read_ = 0;
    WordTable table_;
};

WordTable WordTable::read(const std::string& path) { return WordTableReader(path).read(); }

const float* WordTable::find(std::string_view word) const {
    const auto found = rows_.find(word);
    return found == rows_.end() ? nullptr : numbers_.data() + found->second * width_;
}

}  // namespace mlpc::pretrained
