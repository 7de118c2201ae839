// XGBoost's C library, loaded where a model first asks for it: linking it would cost every start of the program.
#pragma once

#include <xgboost/c_api.h>

#include <memory>
#include <string>

namespace mlpc::models {

class XgboostLibrary {
public:
    // Throws RunError where the library is not installed or of another version than 1.
    static const XgboostLibrary& get();

    // Throws RunError with the library's own words where `status`, as its functions return it, is a failure.
    void check(int status) const;

    decltype(&XGDMatrixCreateFromMat_omp) matrix_create = nullptr;
    decltype(&XGDMatrixSetFloatInfo) matrix_set = nullptr;
    decltype(&XGDMatrixFree) matrix_free = nullptr;
    decltype(&XGBoosterCreate) booster_create = nullptr;
    decltype(&XGBoosterFree) booster_free = nullptr;
    decltype(&XGBoosterSetParam) booster_set = nullptr;
    decltype(&XGBoosterUpdateOneIter) booster_update = nullptr;
    decltype(&XGBoosterSlice) booster_slice = nullptr;
    decltype(&XGBoosterBoostedRounds) booster_rounds = nullptr;
    decltype(&XGBoosterGetNumFeature) booster_columns = nullptr;
    decltype(&XGBoosterPredictFromDMatrix) predict_matrix = nullptr;
    decltype(&XGBoosterPredictFromDense) predict_dense = nullptr;
    decltype(&XGBoosterSaveModelToBuffer) save = nullptr;
    decltype(&XGBoosterLoadModelFromBuffer) load = nullptr;
    decltype(&XGBoosterFeatureScore) feature_score = nullptr;

private:
    XgboostLibrary();
    template <class Function>
    void find(Function& function, const char* name);

    void* handle_ = nullptr;
    decltype(&XGBGetLastError) last_error_ = nullptr;
};

// Handles that free what they hold.
using XgboostMatrix = std::shared_ptr<void>;
using XgboostBooster = std::shared_ptr<void>;

}  // namespace mlpc::models
