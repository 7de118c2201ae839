// The content of files in memory.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace mlpc {

// Leaves the bytes that it makes room for as they are: they are read over at once, and filling gigabytes with zeros takes time. What is large
// asks for large pages: a page of 4 KB that is touched first takes as long as parsing its text.
template <class T>
class UnfilledAllocator : public std::allocator<T> {
public:
    T* allocate(std::size_t count) {
        if (count < huge_page / sizeof(T)) {
            return std::allocator<T>::allocate(count);
        }
        if (count > (~std::size_t{0} - huge_page) / sizeof(T)) {
            throw std::bad_alloc();
        }
        const std::size_t size = (count * sizeof(T) + huge_page - 1) / huge_page * huge_page;
        void* const at = std::aligned_alloc(huge_page, size);
        if (at == nullptr) {
            throw std::bad_alloc();
        }
        ::madvise(at, size, MADV_HUGEPAGE);  // where the system has none, the pages are small
        return static_cast<T*>(at);
    }
    void deallocate(T* at, std::size_t count) {
        if (count < huge_page / sizeof(T)) {
            std::allocator<T>::deallocate(at, count);
        } else {
            std::free(at);
        }
    }
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

private:
    static constexpr std::size_t huge_page = std::size_t{2} << 20;
};
using Bytes = std::vector<char, UnfilledAllocator<char>>;

}  // namespace mlpc
