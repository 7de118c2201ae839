// What the environment says of where things are.
#pragma once

#include <filesystem>
#include <string>

namespace mlpc {

// "" where the variable is not set.
std::string environment_variable(const char* name);

// Where a user's own libraries lie: XDG_DATA_HOME/mlpc, or ~/.local/share/mlpc.
std::filesystem::path user_data_folder();

// What the variable names; else the user's own file of this name, where there is one; else the name, which leaves the search to the system.
std::string library_file(const char* variable, const std::string& name);

}  // namespace mlpc
