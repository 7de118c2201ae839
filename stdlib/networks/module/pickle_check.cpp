#include "stdlib/networks/module/pickle_check.h"

#include "stdlib/networks/backend.h"

#include <array>
#include <cstdint>
#include <set>
#include <vector>

namespace mlpc::networks {

namespace {

// What an operation takes from the stack and gives to it, and how many bytes follow it; as in Python's pickletools.
enum class Argument : std::int8_t { None, One, Two, Four, Eight, Line, TwoLines, Length4, Length1 };
enum class Action : std::int8_t { Push, Replace, Mark, ToMark, ToMarkInto, Memoize, Recall, Stop };
struct Operation {
    char code;
    Argument argument;
    Action action;
    std::size_t takes;  // Replace: so many become one; ToMarkInto: what is filled lies below the mark
};
constexpr std::array operations{
    Operation{'\x80', Argument::One, Action::Replace, 0},   // PROTO
    Operation{'c', Argument::TwoLines, Action::Push, 0},    // GLOBAL
    Operation{'q', Argument::One, Action::Memoize, 0},      // BINPUT
    Operation{'r', Argument::Four, Action::Memoize, 0},     // LONG_BINPUT
    Operation{'h', Argument::One, Action::Recall, 0},       // BINGET
    Operation{'j', Argument::Four, Action::Recall, 0},      // LONG_BINGET
    Operation{')', Argument::None, Action::Push, 0},        // EMPTY_TUPLE
    Operation{']', Argument::None, Action::Push, 0},        // EMPTY_LIST
    Operation{'}', Argument::None, Action::Push, 0},        // EMPTY_DICT
    Operation{'N', Argument::None, Action::Push, 0},        // NONE
    Operation{'\x88', Argument::None, Action::Push, 0},     // NEWTRUE
    Operation{'\x89', Argument::None, Action::Push, 0},     // NEWFALSE
    Operation{'K', Argument::One, Action::Push, 0},         // BININT1
    Operation{'M', Argument::Two, Action::Push, 0},         // BININT2
    Operation{'J', Argument::Four, Action::Push, 0},        // BININT
    Operation{'\x8a', Argument::Length1, Action::Push, 0},  // LONG1
    Operation{'G', Argument::Eight, Action::Push, 0},       // BINFLOAT
    Operation{'X', Argument::Length4, Action::Push, 0},     // BINUNICODE
    Operation{'\x85', Argument::None, Action::Replace, 1},  // TUPLE1
    Operation{'\x86', Argument::None, Action::Replace, 2},  // TUPLE2
    Operation{'\x87', Argument::None, Action::Replace, 3},  // TUPLE3
    Operation{'(', Argument::None, Action::Mark, 0},        // MARK
    Operation{'t', Argument::None, Action::ToMark, 0},      // TUPLE
    Operation{'e', Argument::None, Action::ToMarkInto, 0},  // APPENDS
    Operation{'u', Argument::None, Action::ToMarkInto, 0},  // SETITEMS
    Operation{'a', Argument::None, Action::Replace, 2},     // APPEND
    Operation{'s', Argument::None, Action::Replace, 3},     // SETITEM
    Operation{'R', Argument::None, Action::Replace, 2},     // REDUCE
    Operation{'\x81', Argument::None, Action::Replace, 2},  // NEWOBJ
    Operation{'b', Argument::None, Action::Replace, 2},     // BUILD
    Operation{'Q', Argument::None, Action::Replace, 1},     // BINPERSID
    Operation{'.', Argument::None, Action::Stop, 0},
};

class PickleCheck {
public:
    PickleCheck(std::string_view pickle, const std::string& member) : pickle_(pickle), member_(member) {}

    void run() {
        while (step()) {
        }
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw BackendError(member_ + " is no pickle of TorchScript: " + what); }
    void need(bool condition) const {
        if (!condition) {
            fail("an operation takes what is not there");
        }
    }
    std::string_view take(std::size_t count) {
        if (count > pickle_.size() - at_) {
            fail("it ends in the middle of a value");
        }
        const std::string_view taken = pickle_.substr(at_, count);
        at_ += count;
        return taken;
    }
    std::size_t number(std::size_t bytes) {
        std::size_t value = 0;
        const std::string_view from = take(bytes);
        for (std::size_t i = 0; i < bytes; ++i) {
            value |= static_cast<std::size_t>(static_cast<unsigned char>(from[i])) << (8 * i);
        }
        return value;
    }
    void skip_line() {
        const std::size_t end = pickle_.find('\n', at_);
        if (end == std::string_view::npos) {
            fail("it ends in the middle of a value");
        }
        at_ = end + 1;
    }
    // The number that an argument is; 0 where it is none.
    std::size_t argument(Argument kind) {
        switch (kind) {
            case Argument::None:
                return 0;
            case Argument::One:
                return number(1);
            case Argument::Two:
                return number(2);
            case Argument::Four:
                return number(4);
            case Argument::Eight:
                take(8);
                return 0;
            case Argument::TwoLines:
                skip_line();
                [[fallthrough]];
            case Argument::Line:
                skip_line();
                return 0;
            case Argument::Length4:
                take(number(4));
                return 0;
            case Argument::Length1:
                take(number(1));
                return 0;
        }
        return 0;
    }
    // Values above the last mark, or all.
    std::size_t above() const { return depth_ - (marks_.empty() ? 0 : marks_.back()); }
    bool step() {
        const char code = take(1).front();
        for (const Operation& operation : operations) {
            if (operation.code == code) {
                const std::size_t value = argument(operation.argument);
                act(operation, value);
                return operation.action != Action::Stop;
            }
        }
        fail("it holds an operation that TorchScript does not use");
    }
    void act(const Operation& operation, std::size_t value) {
        switch (operation.action) {
            case Action::Push:
                ++depth_;
                return;
            case Action::Replace:
                need(above() >= operation.takes);
                depth_ = operation.takes == 0 ? depth_ : depth_ - operation.takes + 1;
                return;
            case Action::Mark:
                marks_.push_back(depth_);
                return;
            case Action::ToMark:
            case Action::ToMarkInto:
                need(!marks_.empty());
                depth_ = marks_.back();
                marks_.pop_back();
                need(operation.action == Action::ToMark || above() >= 1);
                depth_ += operation.action == Action::ToMark ? 1 : 0;
                return;
            case Action::Memoize:
                need(above() >= 1 && value == memo_);  // libtorch numbers them in order
                ++memo_;
                return;
            case Action::Recall:
                need(value < memo_);
                ++depth_;
                return;
            case Action::Stop:
                need(depth_ == 1 && marks_.empty());
                return;
        }
    }

    std::string_view pickle_;
    const std::string& member_;
    std::size_t at_ = 0, depth_ = 0, memo_ = 0;
    std::vector<std::size_t> marks_;
};

}  // namespace

void check_pickle(std::string_view pickle, const std::string& member) { PickleCheck(pickle, member).run(); }

}  // namespace mlpc::networks
