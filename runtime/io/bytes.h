// The content of files in memory.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace mlpc {

// Leaves the bytes that it makes room for as they are: they are read over at once, and filling gigabytes with zeros takes time.
template <class T>
class UnfilledAllocator : public std::allocator<T> {
public:
    template <class U>
    struct rebind {
        using other = UnfilledAllocator<U>;
    };
    template <class U>
    void construct(U* at) {
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
};
using Bytes = std::vector<char, UnfilledAllocator<char>>;

}  // namespace mlpc
