#include "compiler/driver/commands.h"
#include "runtime/io/read.h"
#include "runtime/model/fitted_pipeline.h"
#include "runtime/model/predictions.h"
#include "stdlib/stdlib.h"

#include <fmt/core.h>

namespace mlpc {

int command_predict(const PredictOptions& options) {
    const FittedPipeline pipeline = load_pipeline(options.model, standard_library());
    TableRequest request;
    request.path = options.data;
    request.format = source_of(options.data);
    request.columns = pipeline.schema;
    for (ColumnRequest& column : request.columns) {
        column.optional = column.optional || column.name == pipeline.target;  // it is known of earlier rows at most
    }
    request.ignored = {"^.*"};  // columns that the model does not know
    request.target_may_be_absent = true;
    request.absent_ok = {pipeline.target};
    fmt::print("{}", predictions_csv(pipeline.predict(read_table(request).frame)));
    return exit_code::ok;
}

}  // namespace mlpc
