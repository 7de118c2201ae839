// The cells of a column in the order they come in, in memory of their own or in a place that was made for them.
#pragma once

#include "runtime/io/bytes.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace mlpc {

template <class T>
class CellSink {
public:
    CellSink() = default;
    // Room for some cells at `place`, which `owner` keeps; those that do not fit there move all into memory of their own.
    CellSink(std::shared_ptr<const void> owner, T* place, std::size_t room)
        : owner_(std::move(owner)), begin_(place), at_(place), end_(place + room) {}

    void push(T cell) {
        if (at_ == end_) {
            move_to(std::max<std::size_t>(size() * 2, 16));
        }
        *at_++ = cell;
    }
    void reserve(std::size_t cells) {
        if (cells > static_cast<std::size_t>(end_ - begin_)) {
            move_to(cells);
        }
    }
    // The cells of `next` behind the own ones: where they lie there already, none is copied.
    void append(CellSink&& next) {
        if (size() == 0) {
            *this = std::move(next);
            return;
        }
        if (next.begin_ == at_ && next.owner_ == owner_) {
            at_ = next.at_;
            end_ = next.end_;
            return;
        }
        const std::size_t together = size() + next.size();
        if (together > static_cast<std::size_t>(end_ - begin_)) {
            move_to(std::max(together, size() * 2));
        }
        at_ = std::copy(next.begin_, next.at_, at_);
    }

    std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }
    T* begin() { return begin_; }
    T* end() { return at_; }
    const std::shared_ptr<const void>& owner() const { return owner_; }

private:
    void move_to(std::size_t room) {
        const auto cells = std::make_shared<std::vector<T, UnfilledAllocator<T>>>(room);
        at_ = std::copy(begin_, at_, cells->data());
        begin_ = cells->data();
        end_ = begin_ + room;
        owner_ = cells;
    }

    std::shared_ptr<const void> owner_;
    T* begin_ = nullptr;
    T* at_ = nullptr;
    T* end_ = nullptr;
};

}  // namespace mlpc
