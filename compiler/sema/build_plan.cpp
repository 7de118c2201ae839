#include "compiler/sema/build_plan.h"

#include "compiler/sema/sema.h"

#include <algorithm>

namespace mlpc {

plan::Plan build_plan(const std::vector<ast::File>& files, const Sources& sources, const Catalog& catalog, const Overrides& overrides,
                      Diagnostics& diags) {
    return sema::Sema(sources, catalog, overrides, diags).build(files);
}

namespace sema {

namespace {

// Calls f(declaration node, whole declaration) for each declaration of kind D, in order.
template <class D, class F>
void each(const std::vector<ast::File>& files, F f) {
    for (const ast::File& file : files) {
        for (const ast::Declaration& declaration : file.declarations) {
            if (const auto* node = std::get_if<D>(&declaration.node)) {
                f(*node, declaration);
            }
        }
    }
}

}  // namespace

// Pipelines and models that no search, evaluation or fit uses are still checked, against every data set that is split.
void Sema::resolve_unused(const std::vector<ast::File>& files) {
    std::set<std::string> used;
    for (const SearchSpec& search : plan_.searches) {
        for (const Candidate& candidate : search.candidates) {
            used.insert(candidate.model);
        }
    }
    const std::size_t nodes = plan_.nodes.size(), networks = plan_.networks.size();
    for (const SplitSpec& split : plan_.splits) {
        const DataSpec& data = plan_.data[split.data.index];
        // Checked, not run.
        const auto check = [&](const ast::Name& name, const auto& resolve) {
            SearchSpace scratch;
            ChainContext context;
            context.data = &data;
            context.space = &scratch;
            context.model = name.text;
            context.visiting.insert(name.text);
            if (auto pipe = resolve(context)) {
                flow(*pipe, features(data), data);
                check_networks(scratch);
                emit(*pipe, Flow{}, 0);
                plan_.nodes.resize(nodes);
                plan_.networks.resize(networks);
            }
        };
        each<ast::Model>(files, [&](const ast::Model& m, const ast::Declaration&) {
            const Symbol* symbol = find(m.name.text);
            const bool in_failed_search = symbol == nullptr || symbol->failed;
            if (!used.contains(m.name.text) && !in_failed_search) {
                check(m.name, [&](ChainContext& context) { return chain(m.chain, context); });
            }
        });
        each<ast::Network>(files, [&](const ast::Network& n, const ast::Declaration&) {
            if (!tried_networks_.contains(n.name.text)) {
                check(n.name, [&](ChainContext& context) { return network(n, n.name.span, context); });
            }
        });
    }
}

plan::Plan Sema::build(const std::vector<ast::File>& files) {
    current_file_ = files.back().id;
    check_edition(files);
    collect(files);
    resolve_params();
    each<ast::Seeds>(files, [&](const ast::Seeds& s, const ast::Declaration& d) { resolve_seeds(s, d.span); });
    each<ast::Allow>(files, [&](const ast::Allow& a, const ast::Declaration& d) { resolve_allow(a, d.span); });
    const auto own = [&](const ast::Name& name, const ast::Declaration& d) -> Symbol* {
        Symbol* symbol = find(name.text);
        return symbol != nullptr && symbol->declaration == &d ? symbol : nullptr;
    };
    for (auto& [name, symbol] : symbols_) {
        symbol.index = UINT32_MAX;
    }
    each<ast::Data>(files, [&](const ast::Data& data, const ast::Declaration& d) {
        if (Symbol* symbol = own(data.name, d)) {
            resolve_data(data, *symbol);
        }
    });
    each<ast::Check>(files, [&](const ast::Check& c, const ast::Declaration&) { resolve_check(c); });
    each<ast::Split>(files, [&](const ast::Split& s, const ast::Declaration& d) { resolve_split(s, d.span); });
    each<ast::Source>(files, [&](const ast::Source& s, const ast::Declaration& d) {
        if (Symbol* symbol = own(s.name, d)) {
            resolve_pretrained(s, *symbol);
        }
    });
    each<ast::Objective>(files, [&](const ast::Objective& o, const ast::Declaration& d) {
        if (Symbol* symbol = own(o.name, d)) {
            resolve_objective(o, *symbol);
        }
    });
    each<ast::Search>(files, [&](const ast::Search& s, const ast::Declaration& d) {
        if (Symbol* symbol = own(s.name, d)) {
            resolve_search(s, *symbol, d.span);
        }
    });
    each<ast::Fit>(files, [&](const ast::Fit& f, const ast::Declaration& d) {
        if (Symbol* symbol = own(f.name, d)) {
            resolve_fit(f, *symbol, d.span);
        }
    });
    each<ast::Evaluate>(files, [&](const ast::Evaluate& e, const ast::Declaration& d) { resolve_evaluate(e, d.span); });
    each<ast::Save>(files, [&](const ast::Save& s, const ast::Declaration& d) { resolve_save(s, d.span); });
    each<ast::Compare>(files, [&](const ast::Compare& c, const ast::Declaration& d) { resolve_compare(c, d.keyword_span); });
    each<ast::Report>(files, [&](const ast::Report& r, const ast::Declaration&) {
        plan_.reports.push_back({resolve_path(r.path, r.path_span), r.path_span});
    });
    // A run reads and checks the data of every split, also of one that no search uses.
    for (const SplitSpec& split : plan_.splits) {
        data_node(split.data);
    }
    resolve_unused(files);
    warn_unused_columns();
    return std::move(plan_);
}

}  // namespace sema
}  // namespace mlpc
