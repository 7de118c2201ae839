#include "stdlib/data/source.h"

namespace mlpc {

void add_arff(Catalog& catalog) {
    ComponentInfo info = sources::file_source("arff", "Reads Weka's format, dense or sparse rows; the types in its header must agree with the schema",
                                              "arff(\"data/credit.arff\")");
    info.source = "Witten, Frank: Data Mining: Practical Machine Learning Tools and Techniques (2005), section 2.4";
    catalog.add(std::move(info));
}

}  // namespace mlpc
