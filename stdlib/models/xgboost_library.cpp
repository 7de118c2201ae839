#include "stdlib/models/xgboost_library.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <dlfcn.h>

namespace mlpc::models {

const XgboostLibrary& XgboostLibrary::get() {
    static const XgboostLibrary library;
    return library;
}

XgboostLibrary::XgboostLibrary() : handle_(dlopen("libxgboost.so.0", RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) {
        throw RunError("`xgboost` needs the library libxgboost.so.0, which is not installed (Debian: libxgboost0); `boosted_trees` needs none");
    }
    find(last_error_, "XGBGetLastError");
    find(matrix_create, "XGDMatrixCreateFromMat_omp");
    find(matrix_set, "XGDMatrixSetFloatInfo");
    find(matrix_free, "XGDMatrixFree");
    find(booster_create, "XGBoosterCreate");
    find(booster_free, "XGBoosterFree");
    find(booster_set, "XGBoosterSetParam");
    find(booster_update, "XGBoosterUpdateOneIter");
    find(booster_slice, "XGBoosterSlice");
    find(booster_rounds, "XGBoosterBoostedRounds");
    find(booster_columns, "XGBoosterGetNumFeature");
    find(predict_matrix, "XGBoosterPredictFromDMatrix");
    find(predict_dense, "XGBoosterPredictFromDense");
    find(save, "XGBoosterSaveModelToBuffer");
    find(load, "XGBoosterLoadModelFromBuffer");
    find(feature_score, "XGBoosterFeatureScore");
}

void XgboostLibrary::check(int status) const {
    if (status == 0) {
        return;
    }
    // After the first line it tells where in its sources it gave up.
    const std::string message = last_error_();
    throw RunError(fmt::format("`xgboost` refused: {}", message.substr(0, message.find('\n'))));
}

template <class Function>
void XgboostLibrary::find(Function& function, const char* name) {
    function = reinterpret_cast<Function>(dlsym(handle_, name));
    if (function == nullptr) {
        throw RunError(fmt::format("`xgboost` found a libxgboost.so.0 without `{}`; it needs version 1.7 (Debian: libxgboost0)", name));
    }
}

}  // namespace mlpc::models
