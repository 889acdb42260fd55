// SPDX-License-Identifier: Apache-2.0
// Catch2 2 on Debian 12, Catch2 3 later: the tests include this and run on both.
#pragma once
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
