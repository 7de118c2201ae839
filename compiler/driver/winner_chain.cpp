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
                chosen_[{d->span.file.index, d->span.begin}].push_back(value);
            }
        }
    }

    std::vector<std::string> lines;

    void add_model(const std::string& name) {
        if (const auto* model = find<ast::Model>(name)) {
            add(model->chain);
        } else if (const auto* network = find<ast::Network>(name)) {
            add_network(*network);
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
                return &at->second[std::min(copy_, at->second.size() - 1)];
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
        } else if (name != nullptr && (find<ast::Model>(name->name.text) != nullptr || find<ast::Network>(name->name.text) != nullptr)) {
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

    void add_network(const ast::Network& network) {
        lines.push_back("network " + network.name.text);
        add_items(network.items, 2);
    }

    void add_items(const std::vector<ast::NetworkItem>& items, std::size_t indent) {
        const std::string before(indent, ' ');
        for (const ast::NetworkItem& item : items) {
            if (const auto* layers = std::get_if<ast::Expr>(&item.node)) {
                const std::string shown = text(*layers);
                if (!shown.empty()) {
                    lines.push_back(before + shown);
                }
            } else if (const auto* repeat = std::get_if<ast::Repeat>(&item.node)) {
                add_repeat(*repeat, indent);
            } else if (const auto* train = std::get_if<ast::Train>(&item.node)) {
                lines.push_back(before + "train " + text(train->optimiser) + settings(train->settings));
            }
        }
    }

    void add_repeat(const ast::Repeat& repeat, std::size_t indent) {
        const auto* named = std::get_if<ast::Binary>(&repeat.count.node);
        const ast::Expr& space = named != nullptr && named->op == ast::BinaryOp::In ? *named->right : repeat.count;
        const std::string* value = chosen(space);
        const std::string times = value != nullptr ? *value : print(space);
        const std::string before(indent, ' ');
        lines.push_back(before + "repeat " + times);
        if (!repeat.each) {
            add_items(repeat.items, indent + 2);
            return;
        }
        // Every copy has values of its own, in the order in which the search knows them.
        std::size_t copies = 0;
        std::from_chars(times.data(), times.data() + times.size(), copies);
        const std::size_t outer = copy_;
        for (copy_ = 0; copy_ < copies; ++copy_) {
            lines.push_back(before + "  -");
            add_items(repeat.items, indent + 4);
        }
        copy_ = outer;
    }

    std::string settings(const std::vector<ast::Clause>& clauses) const {
        std::vector<std::string> all;
        for (const ast::Clause& clause : clauses) {
            std::vector<std::string> values;
            for (const ast::Expr& value : clause.values) {
                const std::string* open = clause.open ? chosen(value) : nullptr;
                values.push_back(open != nullptr ? shortened(*open) : text(value));
            }
            std::erase(values, "");
            if (!values.empty()) {
                all.push_back(fmt::format("{} {}", clause.keyword, fmt::join(values, ", ")));
            }
        }
        return all.empty() ? "" : fmt::format(" {{ {} }}", fmt::join(all, ", "));
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
        const bool is_chain = std::holds_alternative<ast::Chain>(argument.value.node) || std::holds_alternative<ast::Call>(argument.value.node);
        const std::string shown = value != nullptr ? shortened(*value) : is_chain ? text(argument.value) : print(argument.value);
        if (argument.kind == ast::Arg::Kind::Positional) {
            return shown;
        }
        return argument.name.text + (argument.kind == ast::Arg::Kind::Search && value == nullptr ? " in " : ": ") + shown;
    }

    const std::vector<ast::File>& files_;
    // By where the space begins; several of a `repeat … each`.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string>> chosen_;
    std::size_t copy_ = 0;  // of the `repeat … each` that is being shown
};

}  // namespace

std::vector<std::string> winner_chain(const std::vector<ast::File>& files, const SearchSpec& search, const TrialRecord& winner) {
    ChainText chain(files, search, winner);
    chain.add_model(winner.model);
    return std::move(chain.lines);
}

}  // namespace mlpc
