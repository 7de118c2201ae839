// `split`: the test partition, the folds, the outer folds.
#include "compiler/sema/sema.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

const ColumnSpec* column_of(const DataSpec& data, bool ColumnSpec::*role) {
    for (const ColumnSpec& c : data.columns) {
        if (c.*role) {
            return &c;
        }
    }
    return nullptr;
}

}  // namespace

void Sema::resolve_test(const ast::SplitClause& clause, SplitSpec& split) {
    TestSpec& test = split.test;
    test.span = clause.span;
    using Form = ast::SplitClause::Form;
    switch (clause.form) {
        case Form::None:
            return;
        case Form::From: {
            test.kind = TestSpec::Kind::Since;
            test.shuffled = false;
            if (clause.value) {
                test.since = constant_number(*clause.value, "the first day of the test partition").value_or(0);
            }
            if (column_of(plan_.data[split.data.index], &ColumnSpec::time) == nullptr) {
                diags_.report(clause.span, diag::NeedsColumn, "test from", "time").help("declare it in the schema: `day: date time`");
            }
            break;
        }
        case Form::File: {
            test.kind = TestSpec::Kind::File;
            const auto* path = clause.value ? std::get_if<ast::String>(&clause.value->node) : nullptr;
            if (path != nullptr) {
                test.path = path->value;
                test.resolved_path = resolve_path(path->value, clause.value->span);
            }
            break;
        }
        case Form::Value: {
            test.kind = TestSpec::Kind::Share;
            const auto share = clause.value ? constant_number(*clause.value, "the share of the test partition") : std::nullopt;
            if (share && (*share <= 0 || *share >= 1)) {
                diags_.report(clause.value->span, diag::ShareOutOfRange, text_of(clause.value->span)).help("write for instance `test 20%`");
            }
            test.share = share.value_or(0.2);
            break;
        }
        default:
            diags_.report(clause.span, diag::SplitForm, text_of(clause.span), "test");
            return;
    }
    for (const ast::SplitOption& option : clause.options) {
        const std::string& word = option.word.text;
        if (word == "stratified") {
            test.stratified = true;
        } else if (word == "grouped") {
            test.grouped = true;
        } else if (word == "shuffled") {
            test.shuffled = true;
        } else if (word == "seed" && option.value) {
            const auto* n = std::get_if<ast::Number>(&option.value->node);
            if (n == nullptr || n->form != ast::Number::Form::Integer || n->integer < 0) {
                plan_.computed_seeds.push_back({text_of(option.value->span), option.value->span});
            } else {
                test.seed = static_cast<std::uint64_t>(n->integer);
            }
        } else {
            diags_.report(option.word.span, diag::SplitOption, word, "test");
        }
    }
}

FoldsSpec Sema::resolve_folds(const ast::SplitClause& clause, const SplitSpec& split) {
    FoldsSpec folds;
    folds.span = clause.span;
    const DataSpec& data = plan_.data[split.data.index];
    using Form = ast::SplitClause::Form;
    if (clause.form == Form::Value || clause.form == Form::Forward) {
        folds.k = clause.value ? constant_integer(*clause.value, "the number of folds", 2).value_or(5) : 5;
    }
    if (clause.form == Form::Forward) {
        folds.kind = FoldsSpec::Kind::Forward;
        folds.shuffled = false;
        if (column_of(data, &ColumnSpec::time) == nullptr) {
            diags_.report(clause.span, diag::NeedsColumn, "folds forward", "time").help("declare it in the schema: `day: date time`");
        }
    } else if (clause.form == Form::LeaveOneGroup) {
        folds.kind = FoldsSpec::Kind::LeaveOneGroup;
        folds.shuffled = false;
        folds.grouped = true;
        if (column_of(data, &ColumnSpec::group) == nullptr) {
            diags_.report(clause.span, diag::NeedsColumn, "folds leave one group", "group").help("declare it in the schema: `household: text group`");
        }
    } else if (clause.form == Form::By) {
        folds.kind = FoldsSpec::Kind::ByColumn;
        folds.shuffled = false;
        const auto* name = clause.value ? std::get_if<ast::NameRef>(&clause.value->node) : nullptr;
        if (name != nullptr) {
            folds.column = name->name.text;
            std::vector<std::string> known;
            bool found = false;
            for (ColumnSpec& c : plan_.data[split.data.index].columns) {
                known.push_back(c.name);
                c.fold |= c.name == folds.column;
                found |= c.fold;
            }
            if (!found) {
                Diagnostic& d = diags_.report(name->name.span, diag::UnknownColumn, fmt::format("`{}`", data.name), "column", folds.column);
                if (const std::string near = did_you_mean(folds.column, known); !near.empty()) {
                    d.help(fmt::format("did you mean `{}`?", near)).fix(name->name.span, near, fmt::format("write `{}`", near));
                }
            }
        }
    } else if (clause.form != Form::Value) {
        diags_.report(clause.span, diag::SplitForm, text_of(clause.span), text_of(clause.part_span));
    }
    for (const ast::SplitOption& option : clause.options) {
        const std::string& word = option.word.text;
        if (word == "stratified") {
            folds.stratified = true;
        } else if (word == "grouped") {
            folds.grouped = true;
        } else if (word == "shuffled") {
            folds.shuffled = true;
        } else if (word == "repeat" && option.value) {
            folds.repeat = constant_integer(*option.value, "the number of repeats", 1).value_or(1);
        } else if (word == "gap" && option.value) {
            const auto* duration = std::get_if<ast::Duration>(&option.value->node);
            folds.gap_days = duration != nullptr ? duration->seconds / 86'400.0 : constant_number(*option.value, "a gap").value_or(0);
            if (folds.kind != FoldsSpec::Kind::Forward) {
                diags_.report(option.word.span, diag::SplitOption, word, text_of(clause.part_span));
            }
        } else if (word == "seed" && option.value) {
            const auto* n = std::get_if<ast::Number>(&option.value->node);
            if (n == nullptr || n->form != ast::Number::Form::Integer || n->integer < 0) {
                plan_.computed_seeds.push_back({text_of(option.value->span), option.value->span});
            } else {
                folds.seed = static_cast<std::uint64_t>(n->integer);
            }
        } else {
            diags_.report(option.word.span, diag::SplitOption, word, text_of(clause.part_span));
        }
    }
    return folds;
}

void Sema::resolve_split(const ast::Split& s, Span span) {
    Symbol* symbol = expect(s.data, {Symbol::Kind::Data}, "a data set");
    if (symbol == nullptr) {
        if (Symbol* failed = find(s.data.text)) {
            split_data_.insert(failed->index);
        }
        return;
    }
    SplitSpec split;
    split.data = DataId{symbol->index};
    split.span = s.data.span;
    for (const SplitSpec& other : plan_.splits) {
        if (other.data == split.data) {
            diags_.report(s.data.span, diag::SplitTwice, s.data.text).note(other.span, "first split here");
            return;
        }
    }
    (void)span;
    std::set<ast::SplitClause::Part> seen;
    for (const ast::SplitClause& clause : s.clauses) {
        if (!seen.insert(clause.part).second) {
            diags_.report(clause.part_span, diag::GivenTwice, fmt::format("`{}`", text_of(clause.part_span)));
            continue;
        }
        switch (clause.part) {
            case ast::SplitClause::Part::Test:
                resolve_test(clause, split);
                break;
            case ast::SplitClause::Part::Folds:
                split.folds = resolve_folds(clause, split);
                break;
            case ast::SplitClause::Part::Outer:
                split.outer = resolve_folds(clause, split);
                break;
            case ast::SplitClause::Part::Duplicates: {
                const auto* word = clause.value ? std::get_if<ast::NameRef>(&clause.value->node) : nullptr;
                const std::string policy = word != nullptr ? word->name.text : "";
                split.duplicates_span = clause.span;
                if (policy == "error") {
                    split.duplicates = DuplicatesPolicy::Error;
                } else if (policy == "group") {
                    split.duplicates = DuplicatesPolicy::Group;
                } else if (policy == "drop") {
                    split.duplicates = DuplicatesPolicy::Drop;
                } else {
                    diags_.report(clause.span, diag::SplitForm, text_of(clause.span), "duplicates")
                        .help("write `duplicates error`, `group` or `drop`");
                }
                break;
            }
        }
    }
    const DataSpec& data = plan_.data[split.data.index];
    const ColumnSpec* group = column_of(data, &ColumnSpec::group);
    const auto check_options = [&](bool grouped, Span at) {
        if (grouped && group == nullptr) {
            diags_.report(at, diag::NeedsColumn, "grouped", "group").help("declare it in the schema: `household: text group`");
        }
    };
    check_options(split.test.grouped, split.test.span);
    if (split.folds && split.folds->kind == FoldsSpec::Kind::KFold) {
        check_options(split.folds->grouped, split.folds->span);
    }
    if (split.outer && split.outer->kind == FoldsSpec::Kind::KFold) {
        check_options(split.outer->grouped, split.outer->span);
    }
    split_data_.insert(symbol->index);
    plan_.splits.push_back(std::move(split));
}

std::optional<std::uint32_t> Sema::split_for(const ast::Expr* on, Span span) {
    if (on == nullptr) {
        if (plan_.splits.size() == 1) {
            return 0;
        }
        if (plan_.splits.empty()) {
            if (split_data_.empty()) {
                diags_.report(span, diag::NoSplit).help("add for instance `split DATA { test 20%; folds 5 }`, a clause a line");
            }
            return std::nullopt;
        }
        diags_.report(span, diag::WhichData).help("add a clause `on DATA`");
        return std::nullopt;
    }
    const auto* name = std::get_if<ast::NameRef>(&on->node);
    const auto* member = std::get_if<ast::Member>(&on->node);
    if (member != nullptr) {
        name = std::get_if<ast::NameRef>(&member->object->node);
    }
    if (name == nullptr) {
        diags_.report(on->span, diag::UnknownName, "a data set", text_of(on->span));
        return std::nullopt;
    }
    Symbol* data = expect(name->name, {Symbol::Kind::Data}, "a data set");
    if (data == nullptr) {
        return std::nullopt;
    }
    if (member != nullptr && member->member.text != "train" && member->member.text != "test") {
        diags_.report(member->member.span, diag::UnknownName, "a partition", member->member.text).help("partitions are `train` and `test`");
        return std::nullopt;
    }
    for (std::uint32_t i = 0; i < plan_.splits.size(); ++i) {
        if (plan_.splits[i].data.index == data->index) {
            return i;
        }
    }
    if (!split_data_.contains(data->index)) {
        diags_.report(on->span, diag::NoSplit).help(fmt::format("declare `split {} {{ … }}`", name->name.text));
    }
    return std::nullopt;
}

}  // namespace mlpc::sema
