#include "stdlib/stdlib.h"

namespace mlpc {

#define MLPC_COMPONENT(name) void add_##name(Catalog&);
#include "stdlib/components.def"

const Catalog& standard_library() {
    static const Catalog catalog = [] {
        Catalog all;
#define MLPC_COMPONENT(name) add_##name(all);
#include "stdlib/components.def"
        return all;
    }();
    return catalog;
}

}  // namespace mlpc
