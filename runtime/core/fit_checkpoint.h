// Where a long fit keeps how far it is, so that one that was stopped goes on from there.
#pragma once

#include <string>
#include <string_view>

namespace mlpc {

// Of one fit, asked by the thread that fits. It never fails: what cannot be kept is not kept.
class FitCheckpoint {
public:
    virtual ~FitCheckpoint() = default;
    // What was kept last, of this fit or of one with another value of the resource parameter and all else equal; empty: nothing. The bytes
    // come from a file: what does not make sense is passed over.
    virtual std::string kept() = 0;
    // Called where the fit goes on from what was kept.
    virtual void went_on() = 0;
    // Whether enough was done since that losing it would hurt.
    virtual bool is_due() const = 0;
    virtual void keep(std::string_view state) = 0;
};

}  // namespace mlpc
