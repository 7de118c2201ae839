#include "compiler/syntax/split_clause.h"

#include "compiler/syntax/vocabulary.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace mlpc::syntax {
namespace {

using Form = ast::SplitClause::Form;
using Part = ast::SplitClause::Part;

ast::ExprPtr boxed(ast::Expr expr) { return std::make_unique<ast::Expr>(std::move(expr)); }

// The word that an expression is, where it is a plain name.
std::string word_of(const ast::Expr& expr) {
    const auto* reference = std::get_if<ast::NameRef>(&expr.node);
    return reference == nullptr || reference->name.quoted ? "" : reference->name.text;
}

const SplitWord* option_named(const std::string& word) {
    const auto& words = split_words();
    const auto found = std::find_if(words.begin(), words.end(), [&](const SplitWord& w) { return w.word == word; });
    return found == words.end() ? nullptr : &*found;
}

std::vector<std::string> words_after(Part part) {
    std::vector<std::string> words;
    for (const SplitWord& option : split_words()) {
        words.push_back(option.word);
    }
    if (part == Part::Test) {
        words.emplace_back("from");
    }
    if (part == Part::Folds) {
        words.insert(words.end(), {"forward", "leave", "by"});
    }
    return words;
}

class ReadSplitClause {
public:
    ReadSplitClause(std::vector<ast::Expr> words, Span line, Reporter& reporter) : words_(std::move(words)), line_(line), reporter_(reporter) {}

    std::optional<ast::SplitClause> run(const ast::Name& part) {
        result_.span = line_;
        result_.part_span = part.span;
        part_ = part.text;
        if (!read_part(part)) {
            return std::nullopt;
        }
        read_form();
        while (at_ < words_.size()) {
            read_option();
        }
        return std::move(result_);
    }

private:
    bool read_part(const ast::Name& part) {
        const auto& parts = clause_words(Block::Split);
        const auto found = std::find(parts.begin(), parts.end(), part.text);
        if (found != parts.end()) {
            result_.part = static_cast<Part>(found - parts.begin());
            return true;
        }
        if (Diagnostic* diagnostic = reporter_.report_once(line_, part.span, diag::UnknownClause, std::string(block_name(Block::Split)), part.text)) {
            const std::string meant = did_you_mean(part.text, parts);
            if (meant.empty()) {
                diagnostic->help("it has `test`, `folds`, `outer` and `duplicates`");
            } else {
                diagnostic->help("did you mean `" + meant + "`?").fix(part.span, meant, "write `" + meant + "`");
            }
        }
        return false;
    }

    bool has_value() const { return at_ < words_.size() && option_named(word_of(words_[at_])) == nullptr; }

    void read_form() {
        if (!has_value()) {
            reporter_.report_once(line_, result_.part_span, diag::ClauseWithoutValue, part_);
            return;
        }
        const std::string word = word_of(words_[at_]);
        if (result_.part == Part::Duplicates) {
            take_value(word.empty() ? Form::Value : Form::Word);
        } else if (result_.part == Part::Test && word == "from") {
            take_after_word(Form::From);
        } else if (result_.part == Part::Folds && word == "forward") {
            take_after_word(Form::Forward);
        } else if (result_.part == Part::Folds && word == "by") {
            take_after_word(Form::By);
        } else if (result_.part == Part::Folds && word == "leave") {
            read_leave_one_group();
        } else if (std::holds_alternative<ast::String>(words_[at_].node)) {
            take_value(Form::File);
        } else if (std::holds_alternative<ast::None>(words_[at_].node)) {
            result_.form = Form::None;
            ++at_;
        } else {
            take_value(Form::Value);
        }
    }

    void take_value(Form form) {
        result_.form = form;
        result_.value = boxed(std::move(words_[at_++]));
    }

    void take_after_word(Form form) {
        const std::string word = word_of(words_[at_]);
        const Span at = words_[at_++].span;
        if (!has_value()) {
            result_.form = form;
            reporter_.report_once(line_, at, diag::ClauseWithoutValue, word);
            return;
        }
        take_value(form);
    }

    void read_leave_one_group() {
        const bool complete = at_ + 2 < words_.size() && word_of(words_[at_ + 1]) == "one" && word_of(words_[at_ + 2]) == "group";
        if (!complete) {
            const Span at = words_[at_].span;
            reporter_.report_once(line_, at, diag::SyntaxExpected, "`leave one group`", "`leave`");
            at_ = words_.size();
            return;
        }
        result_.form = Form::LeaveOneGroup;
        at_ += 3;
    }

    void read_option() {
        const std::string word = word_of(words_[at_]);
        const SplitWord* option = option_named(word);
        if (option == nullptr) {
            report_unknown(words_[at_]);
            at_ = words_.size();
            return;
        }
        ast::SplitOption read{.word = std::move(std::get<ast::NameRef>(words_[at_].node).name)};
        ++at_;
        if (option->takes_value) {
            if (!has_value()) {
                reporter_.report_once(line_, read.word.span, diag::ClauseWithoutValue, word);
            } else {
                read.value = boxed(std::move(words_[at_++]));
            }
        }
        result_.options.push_back(std::move(read));
    }

    void report_unknown(const ast::Expr& word) {
        if (std::holds_alternative<ast::ErrorExpr>(word.node)) {
            return;
        }
        const ast::Expr* value = at_ == 1 ? result_.value.get() : nullptr;
        if (value != nullptr && !did_you_mean(word_of(*value), words_after(result_.part)).empty()) {
            report_word(*value);
            return;
        }
        report_word(word);
    }

    void report_word(const ast::Expr& word) {
        const std::string& text = reporter_.text();
        const std::string written = text.substr(word.span.begin, word.span.end - word.span.begin);
        Diagnostic* diagnostic = reporter_.report_once(line_, word.span, diag::UnknownSplitOption, written, part_);
        const std::string meant = did_you_mean(written, words_after(result_.part));
        if (diagnostic != nullptr && !meant.empty()) {
            diagnostic->help("did you mean `" + meant + "`?").fix(word.span, meant, "write `" + meant + "`");
        }
    }

    std::vector<ast::Expr> words_;
    std::size_t at_ = 0;
    Span line_;
    Reporter& reporter_;
    std::string part_;
    ast::SplitClause result_;
};

}  // namespace

std::optional<ast::SplitClause> read_split_clause(const ast::Name& part, std::vector<ast::Expr> words, Span line, Reporter& reporter) {
    return ReadSplitClause(std::move(words), line, reporter).run(part);
}

}  // namespace mlpc::syntax
