// A `network` of the file while it is turned into the template of runtime/core/network.h, and what its shapes are checked with afterwards.
#pragma once

#include "compiler/sema/sema.h"
#include "runtime/core/network.h"

namespace mlpc::sema {

using networks::Json;

// What stands in the file for a layer of the template, by its "id" - 1.
struct WrittenLayer {
    std::string name;
    Span span;
};

// A network as a chain names it: a component of the file's own.
struct NetworkRecord {
    std::string name, model;  // its own, and that of the model which uses it
    Span declared, used;
    Json architecture;
    std::vector<WrittenLayer> layers;
    std::vector<std::optional<Selector>> selectors;  // by input; nullopt: all columns
    std::vector<Span> selected_at;                   // by input
    std::vector<Binding> params;                     // of the component
    std::vector<bool> shaping;                       // by parameter: whether shapes can depend on it
    std::vector<Condition> conditions;               // under which the network is used
    std::vector<std::pair<const ComponentInfo*, Span>> losses;
};

// The links of a chain; of anything else, itself.
std::span<const ast::Expr> links_of(const ast::Expr&);
// Whether it is that name, without backquotes.
bool is_word(const ast::Expr&, std::string_view);

// A network that is being read.
struct Sema::NetworkDraft {
    ChainContext& context;
    NetworkRecord record;
    std::vector<ParamSpec> specs;
    std::map<std::string, int> counted;  // layers of a name, in the order in which they are built
    bool in_training = false;
    bool ok = true;

    // "conv", "conv_2": the name under which a search knows it.
    std::string numbered(const std::string& name);
    // The VALUE of a parameter that is bound so; `label` is what the model calls it where it is open.
    Json value(const Binding&, const ParamSpec&, const std::string& label);
    Opening opening(const std::string& owner) const;
    Json choice(DimensionId, const std::string& label, const std::vector<std::string>& names, std::vector<Json> options);
};

// How often layers are repeated.
struct Sema::RepeatCount {
    ParamSpec spec;  // with the name that a search knows it by
    Binding value;
};

}  // namespace mlpc::sema
