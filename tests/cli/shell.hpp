// Runs the tool as a user does.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace fs = std::filesystem;

namespace shell {

struct Ran {
  int code = -1;
  std::string out;
};

// Runs cita in an empty folder of its own; `input` is its standard input.
class Shell {
 public:
  Shell() {
    std::string pattern = (fs::temp_directory_path() / "cita-cli-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
  }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  ~Shell() { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name, std::ios::binary) << text; }
  std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  fs::path folder() const { return folder_; }

  Ran run(const std::string& arguments, const std::string& environment = "") const {
    return execute(environment + " '" CITA_BINARY "' " + arguments);
  }
  /// Any command, in an environment that has a path and nothing else.
  Ran execute(const std::string& words) const {
    const std::string command = "cd '" + folder_.string() + "' && env -i PATH=/usr/bin:/bin " + words + " 2>&1";
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Ran result;
    std::array<char, 4096> block{};
    for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe)) > 0;) result.out.append(block.data(), got);
    const int status = pclose(pipe);
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
  }

 private:
  fs::path folder_;
};

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace shell
