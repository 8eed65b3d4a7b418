//! The default population, fitted to IBM's Telco Customer Churn table (7,043 rows).
//!
//! Tenure weights are counts of that table, prices its price list, and each [`Logit`] the
//! maximum-likelihood fit of one choice on those made before it, less the terms under 2.5 standard
//! errors; churn keeps every choice, so that it is right at each level. `data/README.md` tells how well
//! the outcome agrees.

use super::params::Driver::{
    Automatic, CreditCard, Dependents, DeviceProtection, ElectronicCheck, Fiber, FiberTenure, Male,
    MultipleLines, Newness, NoInternet, NoInternetTenure, OnlineBackup, OnlineSecurity,
    PaperlessBilling, Partner, Phone, Senior, StreamingMovies, StreamingTv, TechSupport,
    TenureYears, TermContract, TermTenure, TwoYear, TwoYearTenure,
};
use super::params::{
    FaultParams, Logit, NewcomerParams, PopulationParams, PriceList, TenureParams, TenureWeights,
};

impl Default for PopulationParams {
    fn default() -> Self {
        Self {
            male: Logit::new(0.019, &[]),
            senior: Logit::new(-1.640, &[]),
            partner: Logit::new(-0.070, &[]),
            dependents: Logit::new(-2.049, &[(Senior, -2.138), (Partner, 2.404)]),
            term_contract: Logit::new(
                -0.723,
                &[(Senior, -0.763), (Partner, 1.018), (Dependents, 0.432)],
            ),
            two_year: Logit::new(-0.205, &[(Senior, -0.491), (Partner, 0.618)]),
            newcomers: NewcomerParams { share: 11.0 / 7_043.0, two_year: Logit::new(2.303, &[]) },
            tenure: tenure(),
            no_internet: Logit::new(
                -1.122,
                &[
                    (Senior, -1.395),
                    (Partner, -0.264),
                    (Dependents, 0.443),
                    (TermContract, 1.701),
                    (TwoYear, 1.367),
                    (TenureYears, -0.511),
                ],
            ),
            fiber: Logit::new(
                0.092,
                &[
                    (Senior, 0.826),
                    (Partner, 0.193),
                    (Dependents, -0.435),
                    (TermContract, -1.921),
                    (TwoYear, -0.880),
                    (TenureYears, 0.200),
                    (TermTenure, 0.234),
                ],
            ),
            phone: Logit::new(
                1.108,
                &[
                    (Senior, -0.572),
                    (TwoYear, -1.136),
                    (TenureYears, -0.167),
                    (TermTenure, 0.184),
                    (TwoYearTenure, 0.219),
                ],
            ),
            multiple_lines: Logit::new(
                -1.289,
                &[
                    (Senior, 0.392),
                    (TermContract, -0.472),
                    (TwoYear, 0.332),
                    (TenureYears, 0.379),
                    (Newness, -0.884),
                    (Fiber, 0.995),
                    (NoInternet, -0.834),
                ],
            ),
            online_security: Logit::new(
                -1.074,
                &[
                    (Senior, -0.285),
                    (Dependents, 0.216),
                    (TermContract, 0.561),
                    (TenureYears, 0.171),
                    (Newness, -1.160),
                    (TwoYearTenure, 0.114),
                    (Fiber, -0.995),
                    (Phone, 0.382),
                ],
            ),
            online_backup: Logit::new(
                -1.203,
                &[(TenureYears, 0.377), (Newness, -0.448), (Fiber, -0.302), (FiberTenure, 0.078)],
            ),
            device_protection: Logit::new(
                -1.061,
                &[
                    (TermContract, 0.701),
                    (TenureYears, 0.162),
                    (Newness, -1.266),
                    (TwoYearTenure, 0.137),
                    (Fiber, 0.220),
                ],
            ),
            tech_support: Logit::new(
                -0.885,
                &[
                    (Senior, -0.462),
                    (TermContract, 0.766),
                    (TwoYear, 1.082),
                    (Newness, -1.349),
                    (Fiber, -1.001),
                    (FiberTenure, 0.073),
                    (Phone, 0.306),
                    (OnlineSecurity, 0.249),
                    (DeviceProtection, 0.251),
                ],
            ),
            streaming_tv: Logit::new(
                -0.998,
                &[
                    (TermContract, 0.453),
                    (TenureYears, 0.078),
                    (Newness, -0.874),
                    (TwoYearTenure, 0.088),
                    (Fiber, 0.927),
                    (Phone, -0.346),
                    (MultipleLines, 0.315),
                    (OnlineSecurity, -0.378),
                    (DeviceProtection, 0.641),
                    (TechSupport, 0.301),
                ],
            ),
            streaming_movies: Logit::new(
                -1.277,
                &[
                    (TermContract, 0.430),
                    (TwoYear, 0.363),
                    (Newness, -0.860),
                    (Fiber, 0.699),
                    (Phone, -0.372),
                    (MultipleLines, 0.308),
                    (OnlineSecurity, -0.208),
                    (DeviceProtection, 0.573),
                    (TechSupport, 0.208),
                    (StreamingTv, 1.413),
                ],
            ),
            paperless_billing: Logit::new(
                0.232,
                &[
                    (Senior, 0.362),
                    (TermContract, -0.722),
                    (TwoYear, -0.306),
                    (TermTenure, 0.107),
                    (Fiber, 0.649),
                    (MultipleLines, 0.209),
                    (OnlineSecurity, -0.342),
                    (StreamingTv, 0.383),
                    (StreamingMovies, 0.259),
                    (NoInternet, -0.837),
                ],
            ),
            automatic: Logit::new(
                -0.669,
                &[
                    (TenureYears, 0.171),
                    (Newness, -1.376),
                    (TermTenure, 0.114),
                    (TwoYearTenure, 0.072),
                    (Fiber, -0.186),
                    (TechSupport, 0.182),
                    (StreamingTv, -0.243),
                    (NoInternetTenure, -0.076),
                ],
            ),
            credit_card: Logit::new(-0.014, &[]),
            electronic_check: Logit::new(
                -0.122,
                &[
                    (Senior, 0.589),
                    (TermContract, -0.777),
                    (TwoYear, -0.888),
                    (TenureYears, 0.262),
                    (Fiber, 1.133),
                    (Phone, -0.354),
                    (MultipleLines, 0.350),
                    (OnlineSecurity, -0.439),
                    (TechSupport, -0.547),
                    (StreamingTv, 0.470),
                    (StreamingMovies, 0.512),
                    (NoInternet, -1.432),
                    (PaperlessBilling, 0.447),
                ],
            ),
            prices: PriceList {
                phone_line: 20.0,
                multiple_lines: 5.0,
                dsl: 25.0,
                fiber: 50.0,
                protection: 5.0,
                streaming: 10.0,
                item_spread: 0.5,
                bill_spread: 0.21,
            },
            churn: Logit::new(
                -1.061,
                &[
                    (Male, -0.019),
                    (Senior, 0.227),
                    (Partner, 0.035),
                    (Dependents, -0.118),
                    (TermContract, -1.129),
                    (TwoYear, -1.032),
                    (TenureYears, -0.251),
                    (Newness, 1.623),
                    (TermTenure, 0.135),
                    (NoInternet, -0.786),
                    (Fiber, 0.932),
                    (Phone, -0.557),
                    (MultipleLines, 0.372),
                    (OnlineSecurity, -0.317),
                    (OnlineBackup, -0.122),
                    (DeviceProtection, 0.027),
                    (TechSupport, -0.286),
                    (StreamingTv, 0.308),
                    (StreamingMovies, 0.319),
                    (PaperlessBilling, 0.351),
                    (Automatic, 0.119),
                    (CreditCard, -0.086),
                    (ElectronicCheck, 0.378),
                ],
            ),
            faults: FaultParams::default(),
        }
    }
}

fn tenure() -> TenureParams {
    TenureParams {
        month_to_month: TenureWeights {
            single: [
                512.0, 186.0, 145.0, 282.0, 401.0, 449.0, 249.0, 152.0, 87.0, 22.0, 9.0, 0.0, 1.0,
                0.0,
            ],
            couple: [
                46.0, 30.0, 29.0, 49.0, 97.0, 164.0, 140.0, 99.0, 92.0, 34.0, 11.0, 2.0, 3.0, 2.0,
            ],
            family: [
                46.0, 14.0, 17.0, 57.0, 83.0, 124.0, 97.0, 65.0, 55.0, 17.0, 4.0, 2.0, 1.0, 0.0,
            ],
        },
        one_year: TenureWeights {
            single: [
                2.0, 4.0, 6.0, 10.0, 53.0, 101.0, 134.0, 130.0, 111.0, 55.0, 20.0, 8.0, 8.0, 1.0,
            ],
            couple: [0.0, 0.0, 0.0, 2.0, 8.0, 30.0, 46.0, 65.0, 117.0, 55.0, 31.0, 10.0, 11.0, 9.0],
            family: [5.0, 3.0, 0.0, 6.0, 24.0, 66.0, 70.0, 73.0, 93.0, 49.0, 31.0, 9.0, 9.0, 7.0],
        },
        two_year: TenureWeights {
            single: [
                1.0, 0.0, 2.0, 6.0, 11.0, 40.0, 44.0, 74.0, 113.0, 74.0, 51.0, 15.0, 20.0, 50.0,
            ],
            couple: [0.0, 0.0, 0.0, 0.0, 2.0, 5.0, 9.0, 30.0, 60.0, 70.0, 48.0, 40.0, 66.0, 141.0],
            family: [
                1.0, 1.0, 1.0, 7.0, 26.0, 45.0, 43.0, 74.0, 104.0, 87.0, 88.0, 33.0, 51.0, 152.0,
            ],
        },
    }
}
