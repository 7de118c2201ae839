// Expressions in the canonical format, with the comments that stand inside them.
#pragma once

#include "compiler/syntax/ast.h"
#include "compiler/syntax/doc.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc::syntax {

// The comments of a file, handed out in order of position.
class CommentFeed {
public:
    explicit CommentFeed(const std::vector<ast::Comment>& comments) : comments_(comments) {}

    const ast::Comment* peek() const { return next_ < comments_.size() ? &comments_[next_] : nullptr; }
    const ast::Comment* peek_before(std::uint32_t offset) const {
        const ast::Comment* comment = peek();
        return comment != nullptr && comment->span.begin < offset ? comment : nullptr;
    }
    void pop() { ++next_; }

private:
    const std::vector<ast::Comment>& comments_;
    std::size_t next_ = 0;
};

class ExprDoc {
public:
    // `original` is the text that the spans refer to; it is shown where the tree has an error.
    ExprDoc(CommentFeed& comments, std::string_view original) : comments_(comments), original_(original) {}

    Doc expr(const ast::Expr& expr);
    Doc arguments(const std::vector<ast::Arg>& args, std::string open, std::string close, std::uint32_t end);
    // Items separated by commas, as many a line as fit.
    Doc list(const std::vector<ast::Expr>& items);
    Doc names(const std::vector<ast::Name>& names);
    // The comments that stand before `offset` and are not printed yet.
    void take_comments(std::uint32_t offset, std::vector<Doc>& into);

private:
    Doc argument(const ast::Arg& arg);
    Doc binary(const ast::Expr& expr, const ast::Binary& binary);
    Doc range(const ast::Range& range);
    Doc sequence(const std::vector<ast::Expr>& items, const char* separator);
    Doc bracketed(const std::vector<ast::Expr>& items, std::string open, std::string close, std::uint32_t end);
    Doc call(const ast::Expr& expr, const ast::Call& call);

    CommentFeed& comments_;
    std::string_view original_;
};

std::string name_text(const ast::Name& name);

}  // namespace mlpc::syntax
