// cita rerun BUNDLE: judges again what a bundle holds, and says what differs.
#include "bundle.hpp"

#include <cita/base/text.hpp>
#include <cita/version.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace cita::tool {

namespace {

/// A bundle that is whole: every file is listed once, and every listed one is there.
struct OpenBundle {
  FileSet files;
  Manifest manifest;
};

using Differences = std::vector<std::string>;

std::optional<OpenBundle> refuse(const std::string& path, const std::string& why) {
  complain(path + ": " + why);
  return std::nullopt;
}

std::optional<OpenBundle> open_bundle(const std::string& path) {
  std::string problem;
  auto files = read_files(path, problem);
  if (!files) return refuse(path, problem);
  const auto text = files->find(std::string(manifest_name));
  if (text == files->end()) return refuse(path, "it is no bundle: it holds no " + std::string(manifest_name));
  auto manifest = read_manifest(text->second, problem);
  if (!manifest) return refuse(path, std::string(manifest_name) + ": " + problem);
  std::vector<std::string> listed = {std::string(manifest_name)};
  for (const auto* list : {&manifest->inputs, &manifest->results})
    for (const BundledFile& each : *list) {
      if (std::find(listed.begin(), listed.end(), each.file) != listed.end())
        return refuse(path, std::string(manifest_name) + " lists '" + each.file + "' twice");
      if (files->count(each.file) == 0) return refuse(path, "'" + each.file + "' is listed and not there");
      listed.push_back(each.file);
    }
  for (const auto& [name, content] : *files)
    if (std::find(listed.begin(), listed.end(), name) == listed.end())
      return refuse(path, "'" + name + "' is there and not listed");
  const auto is_result = [&](std::string_view name) {
    return std::any_of(manifest->results.begin(), manifest->results.end(),
                       [name](const BundledFile& each) { return each.file == name; });
  };
  if (manifest->results.size() != 2 || !is_result(text_name) || !is_result(json_name))
    return refuse(path, "its results are not " + std::string(text_name) + " and " + std::string(json_name));
  return OpenBundle{std::move(*files), std::move(*manifest)};
}

bool is_input(const Manifest& manifest, const std::string& path) {
  return std::any_of(manifest.inputs.begin(), manifest.inputs.end(),
                     [&path](const BundledFile& each) { return each.file == path; });
}

// What the bundle's command asks; it may read inputs, and write nothing.
std::optional<VerifyOptions> asked(const Manifest& manifest, std::string& problem) {
  VerifyOptions options;
  if (manifest.command.empty() || manifest.command.front() != "verify") {
    problem = "its command is not verify";
    return std::nullopt;
  }
  CLI::App app("", "verify");
  options.add(app);
  try {
    app.parse(std::vector<std::string>(manifest.command.rbegin(), manifest.command.rend() - 1));
  } catch (const CLI::ParseError& error) {
    problem = std::string("its command cannot be run: ") + error.what();
    return std::nullopt;
  }
  const OutputOptions& outputs = options.outputs;
  const bool writes = !outputs.formats.empty() || !outputs.outputs.empty() || !outputs.baseline.empty() ||
                      !outputs.write_baseline.empty() || !options.bundle.empty();
  if (writes || options.common.as_of != manifest.as_of) {
    problem = writes ? "its command asks for more than a judgement" : "its command judges at another instant than it says";
    return std::nullopt;
  }
  if (!options.lists.empty()) {
    problem = "its command reads lists of certificates, which no bundle holds";
    return std::nullopt;
  }
  std::vector<std::string> paths = options.files;
  paths.insert(paths.end(), options.against.begin(), options.against.end());
  if (!options.records.roster.empty()) paths.push_back(options.records.roster);
  std::copy_if(options.common.packs.begin(), options.common.packs.end(), std::back_inserter(paths),
               [](const std::string& each) { return built_in_draft(each) == nullptr; });
  for (const std::string& each : paths)
    if (!is_input(manifest, each)) {
      problem = "its command reads '" + each + "', which is none of its inputs";
      return std::nullopt;
    }
  return options;
}

void compare_digests(const OpenBundle& bundle, Differences& differences) {
  for (const auto* list : {&bundle.manifest.inputs, &bundle.manifest.results})
    for (const BundledFile& each : *list)
      if (const std::string digest = sha256_of(bundle.files.at(each.file)); digest != each.sha256)
        differences.push_back(
            fmt::format("{}: its SHA-256 is {}, and {} says {}", each.file, digest, manifest_name, each.sha256));
}

void compare_packs(const std::vector<BundledPack>& then, const std::vector<BundledPack>& now, Differences& differences) {
  const auto find = [](const std::vector<BundledPack>& all, const std::string& id) {
    return std::find_if(all.begin(), all.end(), [&id](const BundledPack& each) { return each.id == id; });
  };
  for (const BundledPack& each : then) {
    const auto here = find(now, each.id);
    if (here == now.end()) differences.push_back("pack " + each.id + ": there is none any more");
    else if (here->digest != each.digest)
      differences.push_back(fmt::format("pack {}: its digest is {}, and was {}", each.id, here->digest, each.digest));
  }
  for (const BundledPack& each : now)
    if (find(then, each.id) == then.end()) differences.push_back("pack " + each.id + ": it was not there");
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// The first line that differs; one of two texts may end before it.
void compare_output(std::string_view name, std::string_view then, std::string_view now, Differences& differences) {
  if (then == now) return;
  constexpr std::size_t longest = 200;
  const auto shown = [](std::string_view text, std::string_view line) {
    return text.empty() && line.empty() ? std::string("nothing") : "'" + text::shortened(line, longest) + "'";
  };
  for (int number = 1;; ++number) {
    const std::string_view rest_then = then, rest_now = now;
    const std::string_view a = next_line(then), b = next_line(now);
    if (a == b && !(then.empty() && now.empty())) continue;
    const bool by_line_end = a == b;
    differences.push_back(by_line_end ? fmt::format("{} line {}: only its line end differs", name, number)
                                      : fmt::format("{} line {}: {} was written, and now {}", name, number, shown(rest_then, a),
                                                    shown(rest_now, b)));
    return;
  }
}

int rerun(const std::string& path) {
  const auto bundle = open_bundle(path);
  if (!bundle) return exit_unusable;
  const Manifest& manifest = bundle->manifest;
  std::string problem;
  const auto options = asked(manifest, problem);
  if (!options) {
    complain(path + ": " + problem);
    return exit_unusable;
  }
  Differences differences;
  if (manifest.cita != version)
    differences.push_back(fmt::format("cita {} made it, and this is cita {}", manifest.cita, version));
  compare_digests(*bundle, differences);
  VerifyRun run;
  if (run.open(*options, reader_of(bundle->files)) != exit_good) {
    for (const std::string& each : differences) complain(path + ": " + each);
    complain(path + ": its inputs cannot be judged");
    return exit_unusable;
  }
  compare_packs(manifest.packs, packs_of(run.records().catalog), differences);
  const VerifyResults results = run.results(*options);
  compare_output(text_name, bundle->files.at(std::string(text_name)), results.text, differences);
  compare_output(json_name, bundle->files.at(std::string(json_name)), results.json, differences);
  if (results.exit_code != manifest.exit_code)
    differences.push_back(fmt::format("the exit code is {}, and was {}", results.exit_code, manifest.exit_code));
  std::cout << fmt::format("{} inputs, judged as of {} by cita {}; the SHA-256 of {} is {}\n", manifest.inputs.size(),
                           text::shown(manifest.as_of), version, manifest_name,
                           sha256_of(bundle->files.at(std::string(manifest_name))));
  if (differences.empty()) std::cout << "reproduced byte for byte\n";
  for (const std::string& each : differences) std::cout << "differs: " << text::shown(each) << '\n';
  return differences.empty() ? exit_good : exit_findings;
}

}  // namespace

void add_rerun(CLI::App& app, int& status) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("rerun", "Judge again what cita verify --bundle wrote, and say what differs");
  command->add_option("BUNDLE", *path, "A folder, or a ZIP archive, that cita verify --bundle wrote")->required();
  command->footer(
      "Exit codes: 0 reproduced byte for byte; 1 something differs: an input, the version, a pack, a line of the "
      "results; 2 no bundle, or one that cannot be judged.");
  command->callback([path, &status] { status = rerun(*path); });
}

}  // namespace cita::tool
