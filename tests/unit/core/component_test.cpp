#include "runtime/core/component.h"

#include "runtime/core/error.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace component_test {

ComponentInfo named(std::string name, ComponentKind kind) {
    ComponentInfo info;
    info.name = std::move(name);
    info.kind = kind;
    return info;
}

TEST(CatalogTest, FindsByKindAndName) {
    Catalog catalog;
    catalog.add(named("ordinal", ComponentKind::Step));
    catalog.add(named("accuracy", ComponentKind::Metric));
    ASSERT_NE(catalog.find(ComponentKind::Step, "ordinal"), nullptr);
    EXPECT_EQ(catalog.find(ComponentKind::Step, "ordinal")->name, "ordinal");
    EXPECT_EQ(catalog.find(ComponentKind::Model, "ordinal"), nullptr);
}

TEST(CatalogTest, ListsByKindThenName) {
    Catalog catalog;
    for (const char* name : {"scale", "impute"}) {
        catalog.add(named(name, ComponentKind::Step));
    }
    catalog.add(named("csv", ComponentKind::Source));
    EXPECT_EQ(catalog.names(ComponentKind::Step), (std::vector<std::string>{"impute", "scale"}));
    ASSERT_EQ(catalog.all().size(), 3u);
    EXPECT_EQ(catalog.all().front()->name, "csv");
}

TEST(ComponentInfoTest, DefaultsAndPositionsComeFromTheSchema) {
    ComponentInfo info = named("ridge", ComponentKind::Model);
    info.params = {{.name = "alpha", .doc = "Strength", .fallback = {1.0}}, {.name = "intercept", .doc = "Offset", .fallback = {true}}};
    EXPECT_EQ(info.find_param("intercept"), 1u);
    EXPECT_EQ(info.find_param("beta"), 2u);
    ASSERT_EQ(info.default_params().size(), 2u);
    EXPECT_EQ(std::get<double>(info.default_params()[0].value), 1.0);
}

TEST(FitContextTest, ThrowsOnlyWhenCancelled) {
    std::atomic<bool> stop = false;
    const FitContext context{Rng::of_seed(1), &stop};
    EXPECT_NO_THROW(context.check_cancelled());
    stop = true;
    EXPECT_THROW(context.check_cancelled(), Cancelled);
}

}  // namespace component_test
}  // namespace mlpc
