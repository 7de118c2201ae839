#include "compiler/driver/winner_chain.h"

#include "compiler/syntax/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace mlpc {

namespace {

// Four digits tell people enough; the whole number stands among the winning parameters.
std::string shortened(const std::string& value) {
    double number = 0;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, number);
    const bool fraction = value.find_first_of(".e") != std::string::npos;
    return error == std::errc() && stop == end && fraction ? fmt::format("{:.4g}", number) : value;
}

class ChainText {
public:
    ChainText(const std::vector<ast::File>& files, const SearchSpec& search, const TrialRecord& winner) : files_(files) {
        for (const auto& [name, value] : winner.params) {
            const auto& all = search.space.dimensions;
            const auto d = std::find_if(all.begin(), all.end(), [&](const Dimension& dimension) { return dimension.name == name; });
            if (d != all.end()) {
                chosen_.emplace(std::pair{d->span.file.index, d->span.begin}, value);
            }
        }
    }

    std::vector<std::string> lines;

    void add_model(const std::string& name) {
        if (const auto* model = find<ast::Model>(name)) {
            add(model->chain);
        }
    }

private:
    template <class Kind>
    const Kind* find(const std::string& name) const {
        for (const ast::File& file : files_) {
            for (const ast::Declaration& declaration : file.declarations) {
                const auto* found = std::get_if<Kind>(&declaration.node);
                if (found != nullptr && found->name.text == name) {
                    return found;
                }
            }
        }
        return nullptr;
    }

    // The option that was chosen where the expression is alternatives, else the expression.
    const ast::Expr& resolved(const ast::Expr& e) const {
        if (const auto* paren = std::get_if<ast::Paren>(&e.node)) {
            return resolved(*paren->inner);
        }
        const auto* alternatives = std::get_if<ast::Alternatives>(&e.node);
        const std::string* value = alternatives != nullptr ? chosen(e) : nullptr;
        if (value == nullptr) {
            return e;
        }
        for (const ast::Expr& option : alternatives->options) {
            if (print(option) == *value) {
                return resolved(option);
            }
        }
        return e;
    }

    // Spaces and alternatives may stand in parentheses, which the place of a dimension includes or not.
    const std::string* chosen(const ast::Expr& e) const {
        for (std::uint32_t back = 0; back <= std::min(e.span.begin, 1U); ++back) {
            if (const auto at = chosen_.find({e.span.file.index, e.span.begin - back}); at != chosen_.end()) {
                return &at->second;
            }
        }
        return nullptr;
    }

    void add(const ast::Expr& written) {
        const ast::Expr& e = resolved(written);
        if (const auto* chain = std::get_if<ast::Chain>(&e.node)) {
            std::for_each(chain->links.begin(), chain->links.end(), [&](const ast::Expr& link) { add(link); });
            return;
        }
        const auto* name = std::get_if<ast::NameRef>(&e.node);
        if (const auto* pipeline = name != nullptr ? find<ast::Pipeline>(name->name.text) : nullptr) {
            add_pipeline(*pipeline);
        } else if (name != nullptr && find<ast::Model>(name->name.text) != nullptr) {
            add_model(name->name.text);
        } else if (!std::holds_alternative<ast::None>(e.node)) {
            lines.push_back(text(e));
        }
    }

    void add_pipeline(const ast::Pipeline& pipeline) {
        std::string side_by_side;
        for (const ast::Branch& branch : pipeline.branches) {
            if (branch.then) {
                continue;
            }
            const std::string steps = text(branch.chain);
            side_by_side += (side_by_side.empty() ? "" : " | ") + print(branch.selector) + (steps.empty() ? "" : " -> " + steps);
        }
        if (!side_by_side.empty()) {
            lines.push_back(side_by_side);
        }
        for (const ast::Branch& branch : pipeline.branches) {
            if (branch.then) {
                add(branch.chain);
            }
        }
    }

    // On one line; empty for `none`.
    std::string text(const ast::Expr& written) const {
        const ast::Expr& e = resolved(written);
        if (const auto* chain = std::get_if<ast::Chain>(&e.node)) {
            std::vector<std::string> links;
            for (const ast::Expr& link : chain->links) {
                links.push_back(text(link));
            }
            std::erase(links, "");
            return fmt::format("{}", fmt::join(links, " -> "));
        }
        if (const auto* call = std::get_if<ast::Call>(&e.node)) {
            std::vector<std::string> arguments;
            for (const ast::Arg& argument : call->args) {
                arguments.push_back(argument_text(argument));
            }
            return fmt::format("{}({})", call->callee.text, fmt::join(arguments, ", "));
        }
        return std::holds_alternative<ast::None>(e.node) ? "" : print(e);
    }

    std::string argument_text(const ast::Arg& argument) const {
        const std::string* value = chosen(argument.value);
        const std::string shown = value != nullptr ? shortened(*value) : print(argument.value);
        if (argument.kind == ast::Arg::Kind::Positional) {
            return shown;
        }
        return argument.name.text + (argument.kind == ast::Arg::Kind::Search && value == nullptr ? " in " : ": ") + shown;
    }

    const std::vector<ast::File>& files_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> chosen_;  // by where the space begins
};

}  // namespace

std::vector<std::string> winner_chain(const std::vector<ast::File>& files, const SearchSpec& search, const TrialRecord& winner) {
    ChainText chain(files, search, winner);
    chain.add_model(winner.model);
    return std::move(chain.lines);
}

}  // namespace mlpc
