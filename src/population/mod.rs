//! Seed → customers: a generative model of a telco's customers.
