#include "runtime/core/component.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <cassert>

namespace mlpc {

std::string_view name_of(Effect effect) {
    switch (effect) {
        case Effect::RowWise:
            return "row-wise";
        case Effect::Learned:
            return "learned";
        case Effect::Supervised:
            return "supervised";
        case Effect::TrainingOnly:
            return "training-only";
        case Effect::RowSelecting:
            return "row-selecting";
        case Effect::Backward:
            return "backward";
    }
    assert(false && "every effect is named above");
    return {};
}

std::string_view name_of(ComponentKind kind) {
    switch (kind) {
        case ComponentKind::Source:
            return "source";
        case ComponentKind::Step:
            return "step";
        case ComponentKind::Model:
            return "model";
        case ComponentKind::Metric:
            return "metric";
        case ComponentKind::Splitter:
            return "splitter";
        case ComponentKind::Searcher:
            return "searcher";
        case ComponentKind::Pruner:
            return "pruner";
        case ComponentKind::Layer:
            return "layer";
        case ComponentKind::Optimiser:
            return "optimiser";
        case ComponentKind::Schedule:
            return "schedule";
        case ComponentKind::Loss:
            return "loss";
        case ComponentKind::Augmentation:
            return "augmentation";
        case ComponentKind::Pretrained:
            return "pre-trained network";
    }
    assert(false && "every component kind is named above");
    return {};
}

void FitContext::check_cancelled() const {
    if (cancelled && cancelled->load(std::memory_order_relaxed)) {
        throw Cancelled();
    }
}

std::size_t ComponentInfo::find_param(std::string_view param) const {
    const auto found = std::find_if(params.begin(), params.end(), [&](const ParamSpec& spec) { return spec.name == param; });
    return static_cast<std::size_t>(found - params.begin());
}

ParamValues ComponentInfo::default_params() const {
    ParamValues values;
    values.reserve(params.size());
    for (const ParamSpec& spec : params) {
        values.push_back(spec.fallback);
    }
    return values;
}

void Catalog::add(ComponentInfo info) {
    auto place = std::pair(info.kind, info.name);
    [[maybe_unused]] const bool is_new = components_.emplace(std::move(place), std::move(info)).second;
    assert(is_new && "a name stands once for each kind");
}

const ComponentInfo* Catalog::find(ComponentKind kind, std::string_view name) const {
    const auto found = components_.find(std::pair(kind, std::string(name)));
    return found == components_.end() ? nullptr : &found->second;
}

std::vector<const ComponentInfo*> Catalog::all() const {
    std::vector<const ComponentInfo*> infos;
    infos.reserve(components_.size());
    for (const auto& entry : components_) {
        infos.push_back(&entry.second);
    }
    return infos;
}

std::vector<std::string> Catalog::names(ComponentKind kind) const {
    std::vector<std::string> names;
    for (const auto& entry : components_) {
        if (entry.first.first == kind) {
            names.push_back(entry.first.second);
        }
    }
    return names;
}

}  // namespace mlpc
