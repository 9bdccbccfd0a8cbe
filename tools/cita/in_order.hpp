// Does many things at a time and takes their results in order, holding no more of them than a few for each worker.
#pragma once

#include <cita/base/workers.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <vector>

namespace cita::tool {

/// Calls work(0) … work(count - 1) on up to `jobs` threads and take(i, result) for each, in order, on the calling
/// thread. What one of them throws is thrown again.
template <class Result, class Work, class Take>
void in_order(std::size_t count, unsigned jobs, Work work, Take take) {
  if (jobs <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) take(i, work(i));
    return;
  }
  // A worker takes several at a time, so that the threads seldom wait for each other.
  constexpr std::size_t at_a_time = 8, ahead_per_job = 32;
  const std::size_t most_ahead = jobs * ahead_per_job;
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, Result> ready;
  std::size_t next = 0, taken = 0;
  const auto run = [&] {
    while (true) {
      std::size_t mine = 0, end = 0;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return next >= count || next < taken + most_ahead; });
        if (next >= count) return;
        mine = next;
        next = end = std::min(count, next + at_a_time);
      }
      std::vector<Result> results;
      for (std::size_t i = mine; i < end; ++i) results.push_back(work(i));
      const std::lock_guard lock(mutex);
      for (Result& result : results) ready.emplace(mine++, std::move(result));
      changed.notify_all();
    }
  };
  bool is_stopped = false;
  Workers workers([&] {
    const std::lock_guard lock(mutex);
    next = count;
    is_stopped = true;
    changed.notify_all();
  });
  const bool has_threads = workers.start(jobs, run) > 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!has_threads) {
      take(i, work(i));
      continue;
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ready.count(i) != 0 || is_stopped; });
    if (ready.count(i) == 0) break;
    Result result = std::move(ready.extract(i).mapped());
    ++taken;
    if (taken % at_a_time == 0) changed.notify_all();
    lock.unlock();
    take(i, std::move(result));
  }
  workers.finish();
}

}  // namespace cita::tool
