// One lambda per kind of node for std::visit, so that a new kind breaks the build where it must be handled.
#pragma once

namespace mlpc::syntax {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace mlpc::syntax
